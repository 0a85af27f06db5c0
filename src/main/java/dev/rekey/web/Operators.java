package dev.rekey.web;

/** Lets those change things who may. */
final class Operators {
  static final String ROLE = "Rekey.Operator";

  private final TrustedCallers trusted;

  Operators(TrustedCallers trusted) {
    this.trusted = trusted;
  }

  /**
   * Who asks for a change.
   *
   * <ol>
   *   <li>Nobody is believed unless the platform authenticates, and audience and issuer are set:
   *       else anyone could write the header, or be a stranger of another tenant.
   *   <li>Without the header nobody has signed in.
   *   <li>Audience and issuer are those that are set, each named once.
   *   <li>The role is held.
   *   <li>The caller has a name that can be recorded.
   * </ol>
   *
   * @throws ProblemFound 401 or 403 if one of these fails
   */
  String actor(WebRequest request) {
    String audience = trusted.audience();
    String issuer = trusted.issuer();
    if (!trusted.platformAuthenticates() || audience == null || issuer == null) {
      throw Problem.of(
              403,
              "changes-not-set-up",
              "changes over HTTP are refused until it is set up whose word about a caller counts",
              "turn on the app's authentication (the platform then sets WEBSITE_AUTH_ENABLED), and"
                  + " set REKEY_AUTH_AUDIENCE and REKEY_AUTH_ISSUER to the aud and iss of its tokens")
          .found();
    }
    String header =
        request
            .header(Principal.HEADER)
            .orElseThrow(() -> notSignedIn("changes need a caller who has signed in"));
    Principal principal =
        Principal.read(header)
            .orElseThrow(
                () -> notSignedIn("the platform's description of the caller can't be read"));
    if (!principal.claimIs("aud", audience) || !principal.claimIs("iss", issuer)) {
      throw forbidden(
          "other-audience-or-issuer",
          "the caller's token is meant for another application, or comes from another issuer",
          "get a token for REKEY_AUTH_AUDIENCE from REKEY_AUTH_ISSUER");
    }
    if (!principal.hasRole(ROLE)) {
      throw forbidden(
          "role-missing", "the caller lacks the app role " + ROLE, "assign " + ROLE + " to it");
    }
    return principal
        .name()
        .orElseThrow(
            () ->
                forbidden(
                    "caller-without-name",
                    "none of the caller's claims holds a name that can be recorded",
                    "let the token carry preferred_username, name, appid or oid"));
  }

  private static ProblemFound notSignedIn(String detail) {
    return Problem.of(
            401,
            "not-signed-in",
            detail,
            "send a token of Entra with the app role " + ROLE + " in the header Authorization")
        .found();
  }

  private static ProblemFound forbidden(String reason, String detail, String remedy) {
    return Problem.of(403, reason, detail, remedy).found();
  }
}
