# People, their access and their second factor.

error-role-forbids = Your role does not allow this.
error-scopes-forbid = The scopes of this API key do not allow this.
error-scope-unknown = There is no such scope. The scopes are { $scopes }.
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

error-api-key-invalid = The API key is missing, unknown, replaced or revoked.
error-password-wrong = This is not your password.
error-second-factor-needed = Only somebody who has set up a second factor may do this.
error-recent-code-needed = A code of your second factor is required for this, not older than ten minutes.
error-code-missing = Enter a code.
error-six-digits = Enter the six digits that the app shows.
error-second-factor-of-people = Only a person has a second factor.
error-credentials = The e-mail address or the password is wrong.
error-code-time-over = The time to enter the code is over.
error-sessions-of-people = Only a person has sessions.
error-views-of-people = Only a person can save views.
error-wizard-for-people = Only a person can use the refund wizard.
error-last-owner = Without this person the team would have no owner.
error-second-factor-not-set-up = A code of your second factor is required, and you have not set one up.
error-set-up-expired = This was begun more than a quarter of an hour ago. Begin again, with a new secret.
error-code-needed = A code of your second factor is required.
error-code-wrong = The code is wrong or too old.
error-second-factor-active = Your second factor is turned on already.
error-code-used = This code was used already. Wait for the next one: there is a new one every half minute.
error-second-factor-just-on = A second factor was turned on at this moment.
error-wallet-of-another = Another merchant has a wallet with this id.
error-merchant-name-taken = Another merchant has this name.
error-email-taken = There is already a user with this e-mail address.
error-too-many-sign-ins = Too many attempts to sign in.
error-too-many-requests = Too many requests from your network.
error-too-many-passwords = Too many passwords were tried.
error-too-many-codes = Too many codes were tried.
error-too-many-people = Too many people are signing in at this moment.
error-too-many-link-requests = There were too many requests from your network.
error-not-signed-in = You are not signed in.
error-policy-asks-for-code = Your policy asks for a code of a second factor, and you have not set one up.
error-time-zone = Choose one of the time zones.
error-role-unknown = Choose one of the roles.
error-api-key-not-from-here = This API key may not be used from { $address }.
error-password-length = The password must have { $least } to { $most } characters; a sentence is good.
error-several-merchants = There are several merchants ({ $names }). Name one with --merchant.
error-wallet-id = The id of a wallet has 1 to { $most } digits.
error-api-keys = There are { $count } working API keys already.
error-api-key-too-many-requests = This API key has made too many requests. It may make the next one in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
