package dev.rekey.web;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.fleet.Ground;
import dev.rekey.fleet.Need;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.fleet.Uncertain;
import dev.rekey.fleet.Unsure;
import dev.rekey.key.KeptKey;
import dev.rekey.key.PolicyAdvice;
import dev.rekey.key.RotationPolicy;
import dev.rekey.operation.Example;
import dev.rekey.service.KeyReport;
import dev.rekey.service.KeysReport;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysRouteTest {
  private static final RotationPolicy POLICY =
      new RotationPolicy(Period.ofDays(7), Period.ofDays(90), null, Period.ofDays(210));

  @Test
  void keys_areShownWithWhoNeedsThemAndWhatToSet() throws Exception {
    KeyReport report =
        new KeyReport(
            key(1).key(),
            List.of(
                version(
                    3,
                    new RetireVerdict.Needed(
                        List.of(
                            new Need(Example.CLUSTER, Ground.CURRENT, Ground.CURRENT.sentence())))),
                version(2, new RetireVerdict.NotNeeded(NOW)),
                version(
                    1,
                    new RetireVerdict.NotKnown(
                        List.of(
                            new Unsure(null, Uncertain.CLUSTER_NOT_LOOKED_AT, "x is closed"))))),
            POLICY,
            PolicyAdvice.of(key(1).key(), POLICY, List.of(), NOW),
            null,
            null);
    KeysReport all = new KeysReport(List.of(report), List.of("x is closed"));

    WebResponse answer = Answers.of(new ListKeysRoute(() -> all), Requests.get(Map.of()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    JsonNode json = Documents.of(answer);
    assertThat(json.at("/schema").asText()).isEqualTo("rekey.dev/keys/v1");
    assertThat(json.at("/keys/0/vault").asText()).isEqualTo("example");
    assertThat(json.at("/keys/0/name").asText()).isEqualTo("etcd");
    assertThat(json.at("/keys/0/versions/0"))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"keyId":"https://example.vault.azure.net/keys/etcd/v3","state":"usable",
                     "created":"2025-11-24T12:00:00Z","expires":null,
                     "verdict":"needed","reason":"current-slot","since":null,
                     "neededBy":[{"cluster":"prod-1","slot":"current","ground":"current-slot",
                       "why":"new writes use it"}],
                     "notKnown":[]}
                    """));
    assertThat(json.at("/keys/0/versions/1/verdict").asText())
        .isEqualTo("not-needed-by-any-known-cluster");
    assertThat(json.at("/keys/0/versions/1/since").asText()).isEqualTo(NOW.toString());
    assertThat(json.at("/keys/0/versions/2/verdict").asText()).isEqualTo("not-known");
    assertThat(json.at("/keys/0/versions/2/notKnown/0/reason").asText())
        .isEqualTo("cluster-not-looked-at");
    assertThat(json.at("/keys/0/versions/2/notKnown/0/cluster").isNull()).isTrue();
    assertThat(json.at("/keys/0/policy/expiryTime").asText()).isEqualTo("P210D");
    assertThat(json.at("/keys/0/policy/advice/0/reason").asText()).isEqualTo("notified-too-late");
    assertThat(json.at("/keys/0/policy/advice/0/remedy").asText())
        .startsWith("az keyvault key rotation-policy update ");
    assertThat(json.at("/notLookedAt/0").asText()).isEqualTo("x is closed");
    assertThat(json.at("/caveat").asText()).contains("backup");
    assertThat(KeysJson.text(all)).isEqualTo(answer.body());
  }

  @Test
  void vaultGivesNoAnswer_isSaidInItsPlace() {
    KeyReport report =
        new KeyReport(
            key(1).key(),
            List.of(new KeyReport.Version(key(1), null, null, new RetireVerdict.NotNeeded(null))),
            null,
            null,
            "it is away",
            "it is away");

    JsonNode json =
        Documents.of(
            Answers.of(
                new ListKeysRoute(() -> new KeysReport(List.of(report), List.of())),
                Requests.get(Map.of())));

    assertThat(json.at("/keys/0/versions/0/state").isNull()).isTrue();
    assertThat(json.at("/keys/0/versions/0/since").isNull()).isTrue();
    assertThat(json.at("/keys/0/policy").isNull()).isTrue();
    assertThat(json.at("/keys/0/policyNotRead").asText()).isEqualTo("it is away");
    assertThat(json.at("/keys/0/notLookedAt").asText()).isEqualTo("it is away");
  }

  private static KeyReport.Version version(int number, RetireVerdict verdict) {
    return new KeyReport.Version(
        key(number),
        KeptKey.of(key(number), List.of(Example.version(number)), NOW),
        Example.madeAt(number),
        verdict);
  }
}
