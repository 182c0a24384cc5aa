# People, their access and their second factor.

error-role-forbids = Your role does not allow this.
error-scopes-forbid = The scopes of this API key do not allow this.
error-scope-unknown = There is no such scope. The scopes are { $scopes }.
error-scope-missing = Choose at least one scope.
error-scopes-refund-and-approve = One key cannot both create and approve refunds. Create two keys.
error-address-ranges = Enter IP addresses or ranges such as 203.0.113.7 or 2001:db8::/32.
error-address-ranges-too-many = Enter at most { $most } ranges.
error-name-missing = The name is missing.
error-overlap-unknown = Choose one of the listed times.
error-code-unreadable = A code from the app has six digits; a recovery code has ten characters.
error-own-role = You cannot change your own role or disable your own account. Ask a colleague.
error-owners-on-server = Owners can be changed only on the server's command line (requite user).
error-email-invalid = This is not a valid e-mail address. It must look like name@example.com.

error-api-key-invalid = The API key is missing, unknown, replaced or revoked.
error-password-wrong = The password is wrong.
error-second-factor-needed = Only people who have set up two-factor authentication can do this.
error-recent-code-needed = This needs a two-factor code that is not older than ten minutes.
error-code-missing = Enter a code.
error-six-digits = Enter the six digits that the app shows.
error-second-factor-of-people = Only a person can have two-factor authentication.
error-credentials = The e-mail address or the password is wrong.
error-code-time-over = The time to enter the code has expired.
error-sessions-of-people = Only a person has sessions.
error-views-of-people = Only a person can save views.
error-wizard-for-people = Only a person can use the refund wizard.
error-last-owner = Without this person the team would have no owner.
error-second-factor-not-set-up = This needs a two-factor code, and you have not set up two-factor authentication.
error-set-up-expired = This setup was started more than 15 minutes ago. Start again with a new secret.
error-code-needed = A two-factor code is required.
error-code-wrong = The code is wrong or too old.
error-second-factor-active = Two-factor authentication is already turned on.
error-code-used = This code was already used. Wait for the next one: a new code appears every 30 seconds.
error-second-factor-just-on = Two-factor authentication was turned on just now.
error-wallet-of-another = Another merchant has a wallet with this ID.
error-merchant-name-taken = Another merchant has this name.
error-email-taken = There is already a user with this e-mail address.
error-too-many-sign-ins = Too many sign-in attempts.
error-too-many-requests = Too many requests from your network.
error-too-many-passwords = Too many password attempts.
error-too-many-codes = Too many code attempts.
error-too-many-people = Too many people are signing in right now.
error-too-many-link-requests = Too many requests from your network.
error-not-signed-in = You are not signed in.
error-policy-asks-for-code = Your policy requires a two-factor code, and you have not set up two-factor authentication.
error-time-zone = Choose one of the listed time zones.
error-time-zone-of-a-person = Only a person can choose a time zone.
error-role-unknown = Choose one of the listed roles.
error-api-key-not-from-here = This API key may not be used from { $address }.
error-password-length = The password must have { $least } to { $most } characters. A sentence works well.
error-several-merchants = There are several merchants ({ $names }). Name one with --merchant.
error-wallet-id = A wallet ID has 1 to { $most } digits.
error-api-keys = There are already { $count } active API keys.
error-api-key-too-many-requests = This API key has made too many requests. It may make the next one in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
