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
people-may-approver = Approver: refund, and approve refunds of others
people-may-operator = Operator: payment intents and refunds, customers masked
people-may-viewer = Viewer: read, customers masked

# Signing in.
people-sign-in = Sign in
people-forgotten = I have forgotten my password
people-code-title = Code of your second factor
people-code = Enter a code
people-code-lost = If you have lost both the app and the recovery codes, whoever runs this server can turn your second factor off.

# A new password.
people-no-mail = This server sends no mail. Whoever runs it can give you a new password.
people-mail-link = Mail me a link
people-back = Back to signing in
people-choose-password = Choose a new password
people-password-for = For { $email }
people-password-rule = At least 15 characters; a sentence is good. You are signed out everywhere.
people-set-password = Set the password

# The own account.
people-account = Your account
people-factor = Second factor
people-password-rule-others = At least 15 characters; a sentence is good. Your other sessions end.
people-change-password = Change the password
people-zone = Time zone
people-zone-days = Days of filters begin in
people-zone-stored = It is stored in this browser only. Statements and reports always have days in UTC.
people-zone-save = Save the time zone
people-where = Where you are signed in
people-this-browser = This browser
people-signed-in = Signed in
people-end-session = End it
people-end-sessions = End all other sessions
people-who = Your details
people-merchant = Merchant

# The second factor.
people-factor-asked = Your policy asks everybody for a code. Set up a second factor first; until then you can do nothing else.
people-factor-what = An app on your phone shows a new code every half minute. Where your policy says so, a refund is confirmed or approved only with such a code, so that a stolen password or an open browser is not enough.
people-factor-app = Any app for one-time codes (TOTP) will do.
people-factor-begin = Set up
people-factor-beginning = Setting up…
people-sessions-end = Your other sessions end.
people-factor-scan = Scan this with your app. It is not turned on before you have entered a first code.
people-factor-qr = QR code of the secret
people-factor-no-scan = I cannot scan it
people-factor-secret = Enter this secret in the app, as a time-based code.
people-factor-on = Turn on
people-factor-turning-on = Turning on…
people-factor-again = Start again with another secret
people-factor-other = Make another secret
people-making = Making it…
people-factor-since = Turned on
people-recovery-left = Recovery codes left
people-recovery-few = You have few recovery codes left. Make new ones while you still have your app.
people-recovery-new = Make new recovery codes
people-recovery-new-text = They are shown once. The old ones stop working.
people-recovery-making = Making them…
people-factor-off = Turn off
people-factor-off-text = Where your policy asks for a code, you can confirm and approve nothing from then on.
people-factor-lost = If you have lost both the app and the codes, whoever runs this server can turn it off for you.
people-recovery = Recovery codes
people-recovery-write = Write these down now
people-recovery-once = Your second factor is turned on. This page is shown once: nobody can read these codes again, not even we.
people-recovery-use = If you do not have your app with you, each of these can be used once in place of a code.
people-recovery-kept = I have kept them

# The team.
people-team = Team
people-team-add = Whoever runs this server adds people on the command line: { $command }.
people-team-nobody = Nobody
people-team-nobody-text = There is nobody in the team.
people-sessions = Sessions
people-yes = yes
people-no = no
people-disabled = disabled
people-can-sign-in = can sign in
people-not-yours = You cannot change this person here: owners are changed on the server's command line, and nobody changes themselves.
people-member = Who it is
people-disabled-at = Disabled
people-factor-done = Set up
people-factor-none = None
people-keys-made = Working API keys made by them
people-keys-kept = Programs still use them, and this person may have kept them.
people-keys-work-on = They work on whatever this person may do now. { $keys }.
people-keys-replace = Replace or revoke them
people-may = What they may do
people-change-role = Change the role
people-access = Access
people-enable-text = They can sign in again, with their old password and second factor.
people-disable-text = For somebody who has left: they are signed out everywhere and cannot sign in any more.
people-sign-out = Sign out everywhere
people-mail-password = Mail a link to a new password
people-enable = Enable the account
people-disable = Disable the account
people-open-sessions = Open sessions
people-no-sessions = None.

# API keys.
people-keys = API keys
people-keys-what = A key lets a program call the REST API in your name. Give each program its own key, with no more scopes than it needs.
people-keys-none = No API key yet
people-keys-none-text = Make one for each program that calls Requite.
people-key-scopes = Scopes
people-key-used = Last used
people-key-new = Make a key
people-key-revoked = revoked
people-key-replaced = replaced
people-key-being-replaced = being replaced
people-key-works = works
people-key-name-hint = Which program it is for, such as Shop or Back office.
people-key-addresses = Only from these addresses
people-key-addresses-hint = For example 203.0.113.7 or 2001:db8::/32, several with spaces between. Empty allows every address.
people-key-callbacks = Callbacks of CoinGate's API
people-key-callbacks-server = As the server is set
people-key-strict = Strict responses for older clients of Circle
people-key-strict-text = For programs that check every response against Circle's older definitions, such as the Python package circle-sdk. What these cannot express, such as other coins, is missing from responses.
people-key-make = Make the key
people-key-scopes-hint = Each includes reading. One key cannot both make refunds and approve them.
people-scope-read = read
people-scope-payment = payment
people-scope-refund = refund
people-scope-approve = approve
people-scope-admin = admin

# One API key.
people-key = API key
people-key-what = What it is
people-key-begins = Begins with
people-key-from = From
people-key-everywhere = everywhere
people-key-circle = Circle's responses
people-key-circle-strict = strict, for older clients
people-key-made = Made
people-key-made-by = Made by
people-key-stops = Stops, since another took its place
people-key-revoked-at = Revoked
people-key-replace = Replace
people-key-replace-text = A new key with the same scopes takes its place. Both work until you have changed your program.
people-key-old = The old one
people-key-make-new = Make the new key
people-key-revoke = Revoke
people-key-revoke-text = It stops working at once, and cannot be brought back.
people-key-revoke-now = Revoke it now
people-key-yours = Your new API key
people-key-once = Copy it now. This page is shown once: nobody can read the key again, not even we.
people-key-send = Send it with each request as { $header }.
people-key-header = Authorization: Bearer …
people-key-kept = I have kept it

# Who has done something, where it is not a person with a name.
people-actor-api-key = API key { $name }
people-actor-customer = The customer
people-actor-anonymous = Somebody who was not signed in
people-actor-command-line = the command line
people-actor-of-another-merchant = an owner of another merchant
