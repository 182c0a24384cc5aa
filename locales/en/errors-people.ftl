# People, their access and their second factor.

error-role-forbids = Your role does not allow this.
error-scopes-forbid = The scopes of this API key do not allow this.
error-scope-unknown = This is no scope. The scopes are { $scopes }.
error-scope-missing = Choose what the key is for.
error-scopes-refund-and-approve = One key cannot both make refunds and approve them; make two.
error-address-ranges = Write addresses such as 203.0.113.7 or 2001:db8::/32.
error-address-ranges-too-many = Name at most { $most } ranges.
error-name-missing = The name is missing.
error-overlap-unknown = Choose one of the times.
error-code-unreadable = A code of the app has six digits; a recovery code has ten characters.
error-own-role = Ask a colleague to change your own role or to disable your account.
error-owners-on-server = Owners are changed on the server's command line only (requite user).
error-email-invalid = This is not an e-mail address. It looks like name@example.com.
