# Signing in, the person's own account, the team, and API keys.

people-name = Name
people-email = E-mail address
people-role = Role
people-state = State
people-password = Password
people-your-password = Your password
people-new-password = New password
people-never = never

# What somebody is in the team, and what they may do.
people-role-owner = owner
people-role-admin = admin
people-role-approver = approver
people-role-operator = operator
people-role-viewer = viewer
people-may-owner = Owner: everything, including the policy and other owners
people-may-admin = Admin: everything except the policy and owners
people-may-approver = Approver: create refunds, and approve refunds of others
people-may-operator = Operator: payment intents and refunds, customer data masked
people-may-viewer = Viewer: read only, customer data masked

# Signing in.
people-sign-in = Sign in
people-forgotten = Forgot your password?
people-code-title = Two-factor authentication
people-code = Enter your two-factor code
people-code-lost = If you have lost both the app and the recovery codes, a server administrator can turn two-factor authentication off for you.

# A new password.
people-no-mail = This server sends no e-mail. A server administrator can give you a new password.
people-mail-link = Send link
people-back = Back to sign-in
people-choose-password = Choose a new password
people-password-for = For { $email }
people-password-rule = At least 15 characters. A sentence works well. You are then signed out everywhere.
people-set-password = Set password

# The own account.
people-account = Your account
people-factor = Two-factor authentication
people-password-rule-others = At least 15 characters. A sentence works well. Your other sessions then end.
people-change-password = Change password
people-zone = Time zone
people-zone-days = Time zone of times, and of days in filters
people-zone-of-browser = Same as the browser
people-zone-in-use = In use: { $source }, { $zone }
people-zone-stored = Saved with your account. Statements and reports always use days in UTC.
people-zone-save = Save time zone
people-where = Active sessions
people-this-browser = This browser
people-signed-in = Signed in
people-end-session = End session
people-end-sessions = End all other sessions
people-who = Your details
people-merchant = Merchant

# The second factor.
people-factor-asked = Your policy requires a two-factor code from everyone. Set up two-factor authentication first. Until then you cannot do anything else.
people-factor-what = An authenticator app on your phone shows a new code every 30 seconds. If your policy says so, refunds can be confirmed and approved only with such a code, so a stolen password or an open browser is not enough.
people-factor-app = Any authenticator app for one-time codes (TOTP) works.
people-factor-begin = Set up
people-factor-beginning = Setting up…
people-sessions-end = Your other sessions then end.
people-factor-scan = Scan this with your app. Two-factor authentication is turned on only after you enter a first code.
people-factor-qr = QR code of the secret
people-factor-no-scan = Cannot scan it?
people-factor-secret = Enter this secret in the app, as a time-based code.
people-factor-on = Turn on
people-factor-turning-on = Turning on…
people-factor-again = Start again with a new secret
people-factor-other = Create new secret
people-making = Creating…
people-factor-since = Turned on
people-recovery-left = Recovery codes left
people-recovery-few = You have few recovery codes left. Create new ones while you still have your app.
people-recovery-new = Create new recovery codes
people-recovery-new-text = They are shown only once. The old ones stop working.
people-recovery-making = Creating…
people-factor-off = Turn off
people-factor-off-text = If your policy requires a two-factor code, you can then no longer confirm or approve anything.
people-factor-lost = If you have lost both the app and the codes, a server administrator can turn it off for you.
people-recovery = Recovery codes
people-recovery-write = Save these codes now
people-recovery-once = Two-factor authentication is turned on. This page is shown only once: nobody can read these codes again, not even us.
people-recovery-use = If you do not have your app with you, each of these codes can be used once in place of a two-factor code.
people-recovery-kept = I have saved them

# The team.
people-team = Team
people-team-add = A server administrator adds people on the command line: { $command }.
people-team-nobody = No members
people-team-nobody-text = The team has no members.
# The column in the list of the team.
people-factor-column = Two-factor
people-sessions = Sessions
people-yes = yes
people-no = no
people-disabled = disabled
people-can-sign-in = can sign in
people-not-yours = You cannot change this person here. Owners are changed on the server's command line, and nobody can change themselves.
people-member = Details
people-disabled-at = Disabled
people-factor-done = Set up
people-factor-none = Not set up
people-keys-made = Active API keys created by this person
people-keys-kept = Programs still use them, and this person may have kept copies.
people-keys-work-on = They keep working, whatever this person is allowed to do now. { $keys }.
people-keys-replace = Replace or revoke them
people-may = Permissions
people-change-role = Change role
people-access = Access
people-enable-text = They can sign in again, with their old password and two-factor authentication.
people-disable-text = For someone who has left: they are signed out everywhere and can no longer sign in.
people-sign-out = Sign out everywhere
people-mail-password = Send password reset link
people-enable = Enable account
people-disable = Disable account
people-open-sessions = Active sessions
people-no-sessions = None.

# API keys.
people-keys = API keys
people-keys-what = A key lets a program call the REST API in your name. Give each program its own key, with only the scopes that it needs.
people-keys-none = No API keys yet
people-keys-none-text = Create one for each program that calls Requite.
people-key-scopes = Scopes
people-key-used = Last used
people-key-new = Create API key
people-key-revoked = revoked
people-key-replaced = replaced
people-key-being-replaced = being replaced
people-key-works = active
people-key-name-hint = The program that uses it, such as Shop or Back office.
people-key-addresses = Allowed IP addresses
people-key-addresses-hint = For example 203.0.113.7 or 2001:db8::/32, separated by spaces. Leave empty to allow every address.
people-key-callbacks = CoinGate API callbacks
people-key-callbacks-server = Server default
people-key-strict = Strict responses for older Circle clients
people-key-strict-text = For programs that check every response against Circle's older definitions, such as the Python package circle-sdk. What these definitions cannot express, such as other coins, is left out of responses.
people-key-make = Create key
people-key-scopes-hint = Each includes reading. One key cannot both create and approve refunds.
people-scope-read = read
people-scope-payment = payment
people-scope-refund = refund
people-scope-approve = approve
people-scope-admin = admin

# One API key.
people-key = API key
people-key-what = Details
people-key-begins = Begins with
people-key-from = Allowed IP addresses
people-key-everywhere = any
people-key-circle = Circle responses
people-key-circle-strict = strict, for older clients
people-key-made = Created
people-key-made-by = Created by
people-key-stops = Stops working, because it was replaced
people-key-revoked-at = Revoked
people-key-replace = Replace
people-key-replace-text = A new key with the same scopes takes its place. The old key keeps working for the time that you choose, so that you can change your program.
people-key-old = Old key
people-key-make-new = Create new key
people-key-revoke = Revoke
people-key-revoke-text = It stops working at once and cannot be restored.
people-key-revoke-now = Revoke key
people-key-yours = Your new API key
people-key-once = Copy it now. This page is shown only once: nobody can read the key again, not even us.
people-key-send = Send it with each request as { $header }.
people-key-header = Authorization: Bearer …
people-key-kept = I have saved it

# Who has done something, where it is not a person with a name.
people-actor-api-key = API key { $name }
people-actor-customer = The customer
people-actor-anonymous = Someone who was not signed in
people-actor-command-line = the command line
people-actor-of-another-merchant = an owner of another merchant
