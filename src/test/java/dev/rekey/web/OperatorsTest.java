package dev.rekey.web;

import static dev.rekey.web.Requests.AUDIENCE;
import static dev.rekey.web.Requests.ISSUER;
import static dev.rekey.web.Requests.base64;
import static dev.rekey.web.Requests.claim;
import static dev.rekey.web.Requests.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {
  private static final String AUD = claim("aud", AUDIENCE);
  private static final String ISS = claim("iss", ISSUER);
  private static final String ROLE = claim("roles", "Rekey.Operator");
  private static final String NAME = claim("preferred_username", "ana@example.org");

  @Test
  void operatorOfOurTenant_isNamed() {
    assertThat(actor(principal(AUD, ISS, ROLE, NAME))).isEqualTo("ana@example.org");
  }

  @Test
  void roleUnderItsLongName_counts() {
    String role =
        claim("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "Rekey.Operator");

    assertThat(actor(principal(AUD, ISS, role, NAME))).isEqualTo("ana@example.org");
  }

  @Test
  void applicationWithoutAName_isNamedByItsId() {
    String id = "11111111-2222-3333-4444-555555555555";

    assertThat(actor(principal(AUD, ISS, ROLE, claim("appid", id)))).isEqualTo(id);
  }

  @Test
  void nameThatIsNoPlainOne_isPassedOver() {
    String forged = claim("preferred_username", "ana\\nrekey forged line");

    assertThat(actor(principal(AUD, ISS, ROLE, forged, claim("name", "Ana B")))).isEqualTo("Ana B");
  }

  static Stream<Arguments> refused() {
    String role = claim("roles", "Rekey.Reader");
    return Stream.of(
        Arguments.of(403, "other-audience-or-issuer", principal(ISS, ROLE, NAME)),
        Arguments.of(403, "other-audience-or-issuer", principal(AUD, ROLE, NAME)),
        Arguments.of(
            403, "other-audience-or-issuer", principal(claim("aud", "api://x"), ISS, ROLE, NAME)),
        Arguments.of(
            403, "other-audience-or-issuer", principal(AUD, claim("iss", "https://x"), ROLE, NAME)),
        Arguments.of(
            403,
            "other-audience-or-issuer",
            principal(AUD, claim("aud", "api://x"), ISS, ROLE, NAME)),
        Arguments.of(403, "role-missing", principal(AUD, ISS, NAME)),
        Arguments.of(403, "role-missing", principal(AUD, ISS, role, NAME)),
        Arguments.of(
            403, "role-missing", principal(AUD, ISS, claim("groups", "Rekey.Operator"), NAME)),
        Arguments.of(403, "caller-without-name", principal(AUD, ISS, ROLE)),
        Arguments.of(403, "caller-without-name", principal(AUD, ISS, ROLE, claim("name", " "))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void principalThatMayNot_isRefused(int status, String reason, String header) {
    Problem problem =
        problem(Requests.TRUSTED, Requests.inOrder().header(Principal.HEADER, header));

    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(problem.answer().body()).doesNotContain("ana", "api://x", "https://x");
  }

  @Test
  void withoutThePlatformsHeader_nobodyHasSignedIn() {
    Problem problem = problem(Requests.TRUSTED, Requests.inOrder().without(Principal.HEADER));

    assertThat(problem.status()).isEqualTo(401);
    assertThat(problem.answer().headers()).containsEntry("WWW-Authenticate", "Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not base64",
        "bm90IEpTT04=",
        "W10=",
        "e30=",
        "eyJjbGFpbXMiOiJ4In0=",
        "eyJjbGFpbXMiOlt7InR5cCI6MX1dfQ=="
      })
  void headerOfAnotherForm_isNobody(String header) {
    Problem problem =
        problem(Requests.TRUSTED, Requests.inOrder().header(Principal.HEADER, header));

    assertThat(problem.status()).isEqualTo(401);
  }

  @Test
  void headerOfEnormousSize_isNobody() {
    String header = base64(" ".repeat(40_000));

    assertThat(
            problem(Requests.TRUSTED, Requests.inOrder().header(Principal.HEADER, header)).status())
        .isEqualTo(401);
  }

  static Stream<TrustedCallers> notSetUp() {
    return Stream.of(
        new TrustedCallers(false, AUDIENCE, ISSUER),
        new TrustedCallers(true, null, ISSUER),
        new TrustedCallers(true, AUDIENCE, null),
        new TrustedCallers(false, null, null));
  }

  /** Anyone could have written the header. */
  @ParameterizedTest
  @MethodSource("notSetUp")
  void whoseWordCountsIsNotSetUp_theBestPrincipalIsRefused(TrustedCallers trusted) {
    Problem problem = problem(trusted, Requests.inOrder());

    assertThat(problem.status()).isEqualTo(403);
    assertThat(problem.reason()).isEqualTo("changes-not-set-up");
    assertThat(problem.remedy())
        .contains("WEBSITE_AUTH_ENABLED", "REKEY_AUTH_AUDIENCE", "REKEY_AUTH_ISSUER");
  }

  private static String actor(String header) {
    return new Operators(Requests.TRUSTED)
        .actor(Requests.inOrder().header(Principal.HEADER, header).made(), AppRole.OPERATOR);
  }

  private static Problem problem(TrustedCallers trusted, Requests request) {
    return catchThrowableOfType(
            ProblemFound.class,
            () -> new Operators(trusted).actor(request.made(), AppRole.OPERATOR))
        .problem();
  }
}
