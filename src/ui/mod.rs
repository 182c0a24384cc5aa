//! Pages and components, rendered on the server.
