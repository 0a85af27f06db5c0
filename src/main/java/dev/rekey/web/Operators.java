package dev.rekey.web;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lets those change things who may. */
final class Operators {
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
   * @param roles the app roles of which the change needs one
   * @throws ProblemFound 401 or 403 if one of these fails
   */
  String actor(WebRequest request, AppRole... roles) {
    String wanted = Arrays.stream(roles).map(AppRole::token).collect(Collectors.joining(" or "));
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
            .orElseThrow(() -> notSignedIn("changes need a caller who has signed in", wanted));
    Principal principal =
        Principal.read(header)
            .orElseThrow(
                () ->
                    notSignedIn("the platform's description of the caller can't be read", wanted));
    if (!principal.claimIs("aud", audience) || !principal.claimIs("iss", issuer)) {
      throw forbidden(
          "other-audience-or-issuer",
          "the caller's token is meant for another application, or comes from another issuer",
          "get a token for REKEY_AUTH_AUDIENCE from REKEY_AUTH_ISSUER");
    }
    if (Arrays.stream(roles).map(AppRole::token).noneMatch(principal::hasRole)) {
      throw forbidden(
          "role-missing", "the caller lacks the app role " + wanted, "assign " + wanted + " to it");
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

  private static ProblemFound notSignedIn(String detail, String wanted) {
    return Problem.of(
            401,
            "not-signed-in",
            detail,
            "send a token of Entra with the app role " + wanted + " in the header Authorization")
        .found();
  }

  private static ProblemFound forbidden(String reason, String detail, String remedy) {
    return Problem.of(403, reason, detail, remedy).found();
  }
}
