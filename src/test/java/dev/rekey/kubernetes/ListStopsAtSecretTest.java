package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.connect;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.kubernetes.StubApiServer.Answer;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.SecretsPage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that an API server can't show because of one Secret on it. */
class ListStopsAtSecretTest {
  private static final String REAL =
      "Internal error occurred: unable to transform key \\\"/registry/secrets/a/db.main-1\\\": ";

  @Test
  void listNamesTheSecret_thePageIsStoppedAtItAndNothingElseIsKept() {
    SecretsPage.StoppedAt stopped = (SecretsPage.StoppedAt) list(REAL + "canary", null);

    assertThat(stopped.secret()).isEqualTo("db.main-1");
    assertThat(token(stopped.behind()))
        .isEqualTo("{\"v\":\"meta.k8s.io/v1\",\"rv\":-1,\"start\":\"db.main-1\\u0000\"}");
    assertThat(stopped.fault().kind()).isEqualTo(Kind.UNDECRYPTABLE);
    assertThat(stopped.toString() + stopped.fault()).doesNotContain("canary");
  }

  /** A pattern that repeats a group would end in a stack overflow. */
  @Test
  void keyOfManyParts_isReadToItsEnd() {
    String deep = REAL.replace("/registry", "/a".repeat(7_000));

    assertThat(((SecretsPage.StoppedAt) list(deep, null)).secret()).isEqualTo("db.main-1");
  }

  @Test
  void laterPageIsStopped_theListGoesOnInTheStateThatItHasShown() {
    String given = encoded("{\"v\":\"meta.k8s.io/v1\",\"rv\":4711,\"start\":\"c\\u0000\",\"x\":1}");

    SecretsPage.StoppedAt stopped = (SecretsPage.StoppedAt) list(REAL + "x", given);

    assertThat(token(stopped.behind()))
        .isEqualTo("{\"v\":\"meta.k8s.io/v1\",\"rv\":4711,\"start\":\"db.main-1\\u0000\",\"x\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "&&&", "e30", "W10", "bnVsbA"})
  void tokenHasAnotherForm_theListGoesOnInTheNewestState(String given) {
    SecretsPage.StoppedAt stopped = (SecretsPage.StoppedAt) list(REAL + "x", given);

    assertThat(token(stopped.behind())).contains("\"rv\":-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Internal error occurred: unable to transform key \\\"/registry/secrets/b/x\\\": y",
        "Internal error occurred: unable to transform key \\\"/registry/secrets/a/X y\\\": y",
        "Internal error occurred: unable to transform key \\\"/registry/secrets/a/\\\": y",
        "Internal error occurred: unable to transform key \\\"a/x\\\": y",
        "said of it: unable to transform key \\\"/registry/secrets/a/x\\\": y",
        "Internal error occurred: no matching prefix found",
        "unable to transform key"
      })
  void wordsNameNoSecretOfTheNamespace_theListFailsAsUndecryptable(String message) {
    OutsideFault fault = catchThrowableOfType(OutsideFault.class, () -> list(message, null));

    assertThat(fault.kind()).isEqualTo(Kind.UNDECRYPTABLE);
  }

  @Test
  void otherPrefixOfTheStore_theSecretIsNamedAllTheSame() {
    String message = "unable to transform key \\\"/aks/one/secrets/a/x\\\": y";

    assertThat(list(message, null)).extracting("secret").isEqualTo("x");
  }

  @Test
  void smallerPageIsAskedFor_itsLimitIsSent() {
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(200, text("secrets-page.json")));
        ApiServers apiServers = connect(server)) {
      apiServers.listSecrets("a", null, 7);

      assertThat(server.received().get(0).uri()).contains("?limit=7&");
    }
  }

  private static SecretsPage list(String message, @Nullable String next) {
    String status = "{\"kind\":\"Status\",\"reason\":\"InternalError\",\"message\":\"%s\"}";
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(500, status.formatted(message)));
        ApiServers apiServers = connect(server)) {
      return apiServers.listSecrets("a", next, 10);
    }
  }

  private static String encoded(String token) {
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static String token(String encoded) {
    return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
