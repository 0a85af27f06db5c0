package dev.rekey.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.fleet.Alert;
import dev.rekey.fleet.Counted;
import dev.rekey.fleet.ForeignKeys;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.fleet.Uncertain;
import dev.rekey.fleet.WaveRelease;
import dev.rekey.fleet.Whereabouts;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.key.PreviousSlot;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Concern;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Example;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.service.ClusterDetail;
import dev.rekey.service.ClusterReport;
import dev.rekey.service.FleetReport;
import dev.rekey.service.Hold;
import dev.rekey.service.SlotReport;
import dev.rekey.service.WhereaboutsReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRoutesTest {
  private static final WhereaboutsReport WHEREABOUTS =
      new WhereaboutsReport(
          new Whereabouts(
              "20260301-0",
              Example.NOW,
              false,
              Example.hash(1).label(),
              Map.of(Example.hash(1), 7L, KeyIdHash.PLAIN, 2L),
              1),
          null,
          new ForeignKeys(
              "20260301-0",
              ForeignKeys.What.UNDECRYPTABLE,
              Example.hash(1).label(),
              Map.of(KeyIdHash.PLAIN, 2L),
              1,
              false),
          Map.of(Example.hash(1), Example.key(1)));

  private static final Operation FRESH = Example.operation(Kind.ROTATE);

  @Test
  void stalledOperation_saysWhatAPersonMustDo() {
    Reason reason = Reason.FOREIGN_KEY_STORED;
    Pending pending =
        new Pending(
            1,
            StepName.PROVE_CURRENT,
            Example.NOW,
            Pending.Doing.STALLED,
            reason,
            Example.NOW.plusSeconds(3600),
            "3 Secrets",
            0);
    StepReport step =
        new StepReport(0, StepName.CHECK, Reason.CHECKS_PASSED, Example.NOW, Example.NOW);

    JsonNode json = read(FRESH.with(FRESH.progress().with(step).with(pending)));

    assertThat(json.path("state").asText()).isEqualTo("stalled");
    assertThat(json.path("steps").get(0).path("reason").asText()).isEqualTo("checks-passed");
    assertThat(json.path("pending").path("reason").asText()).isEqualTo(reason.token());
    assertThat(json.path("pending").path("remedy").asText()).isEqualTo(reason.remedy());
    assertThat(json.path("pending").path("detail").asText()).isEqualTo("3 Secrets");
    assertThat(json.path("pending").path("nextLook").asText()).isEqualTo("2026-03-01T13:00:00Z");
    assertThat(json.path("from").asText()).isEqualTo(Example.key(1).url());
  }

  @Test
  void endedOperation_saysHow() {
    Ending ending = new Ending(Ending.Outcome.REFUSED, Reason.KMS_OFF, null, "seen", Example.NOW);

    JsonNode json = read(FRESH.with(FRESH.progress().with(ending)));

    assertThat(json.path("state").asText()).isEqualTo("refused");
    assertThat(json.path("ending").path("reason").asText()).isEqualTo("kms-off");
    assertThat(json.path("pending").isNull()).isTrue();
  }

  @Test
  void whatTheChecksCouldNotTell_isShownWithTheOperation() {
    Concern concern =
        new Concern("node-pools-settled", Verdict.CANNOT_TELL, "not known: it may not be read");
    Findings findings = FRESH.progress().findings().checked(List.of(concern), List.of());

    JsonNode shown = read(FRESH.with(FRESH.progress().with(findings))).path("concerns");

    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).path("check").asText()).isEqualTo("node-pools-settled");
    assertThat(shown.get(0).path("verdict").asText()).isEqualTo("cannot-tell");
    assertThat(shown.get(0).path("seen").asText()).isEqualTo("not known: it may not be read");
    assertThat(read(FRESH).path("concerns")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "../clusters", "a b", "x'--"})
  void unknownOperation_isNotFound(String id) {
    WebResponse answer =
        Answers.of(new ReadOperationRoute(any -> Optional.empty()), Requests.get(Map.of("id", id)));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(Documents.reason(answer)).isEqualTo("unknown-operation");
  }

  @Test
  void evidence_isGivenByteForByte() {
    WebResponse answer = evidence(Optional.of(FRESH), Optional.of("{ \"schema\" : 1.0 }"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{ \"schema\" : 1.0 }");
  }

  @Test
  void operationIsActive_hasNoEvidenceYet() {
    WebResponse answer = evidence(Optional.of(FRESH), Optional.empty());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(Documents.reason(answer)).isEqualTo("no-evidence-yet");
  }

  @Test
  void operationIsUnknown_soIsItsEvidence() {
    assertThat(Documents.reason(evidence(Optional.empty(), Optional.empty())))
        .isEqualTo("unknown-operation");
  }

  @Test
  void clusters_areShownWithWhatCouldNotBeLookedAt() {
    ClusterReport on =
        new ClusterReport(
            Example.clusterOn(1),
            Mode.APPROVE,
            "rotation-due",
            Example.key(2),
            FRESH,
            null,
            new ProvedOn(Example.key(1), Example.ETAG, Example.NOW, "20260201-1"),
            List.of(
                new SlotReport("current", Example.key(1), null, usable(1)),
                new SlotReport("previous", null, PreviousSlot.Knowledge.NEVER_ROTATED, null)),
            new Counted(
                "20260201-1",
                Example.NOW,
                Map.of(Example.key(1).url(), 60L),
                1,
                2,
                false,
                false,
                Uncertain.SECRETS_UNDECRYPTABLE),
            new Hold("held-by-wave", "prod-0 of wave 0 is on an older version still"),
            new WaveRelease(Example.key(2), 3, "ana", "known to be slow", Example.NOW, "k1"),
            new OpenAlerts(
                List.of(
                    new OpenAlerts.Open(
                        new Alert("slot-near-expiry", "v1", "within-7-days", "type this"),
                        Example.NOW))));
    ClusterReport off =
        new ClusterReport(
            Example.cluster(KmsExperience.NONE, null, Example.ETAG, "Succeeded"),
            Mode.AUTO,
            "kms-not-on-versioned-key",
            null,
            null,
            KeptKey.of(Example.key(1), List.of(Example.disabled(1)), Example.NOW),
            null,
            List.of(),
            null,
            null,
            null,
            OpenAlerts.NONE);
    FleetReport fleet = new FleetReport(List.of(on, off), List.of("the scope x can't be listed"));

    WebResponse answer = Answers.of(new ListClustersRoute(() -> fleet), Requests.get(Map.of()));

    JsonNode json = Documents.of(answer);
    JsonNode first = json.path("clusters").get(0);
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(first.path("experience").asText()).isEqualTo("versioned-key");
    assertThat(first.path("newestKeyId").asText()).isEqualTo(Example.key(2).url());
    assertThat(first.path("operation").path("location").asText())
        .isEqualTo("/api/operations/20260301-1");
    assertThat(first.path("wave").asInt()).isZero();
    assertThat(first.path("hold").path("reason").asText()).isEqualTo("held-by-wave");
    assertThat(first.path("hold").path("detail").asText()).startsWith("prod-0 of wave 0");
    assertThat(first.path("release").path("actor").asText()).isEqualTo("ana");
    assertThat(first.path("release").path("keyId").asText()).isEqualTo(Example.key(2).url());
    assertThat(json.path("clusters").get(1).path("hold").isNull()).isTrue();
    assertThat(first.path("proved").path("operation").asText())
        .isEqualTo("/api/operations/20260201-1");
    assertThat(first.at("/slots/0/slot").asText()).isEqualTo("current");
    assertThat(first.at("/slots/0/state").asText()).isEqualTo("usable");
    assertThat(first.at("/slots/0/blank").isNull()).isTrue();
    assertThat(first.at("/slots/1/keyId").isNull()).isTrue();
    assertThat(first.at("/slots/1/blank").asText()).isEqualTo("never-rotated");
    assertThat(first.path("counted").toString())
        .isEqualTo(
            "{\"at\":\"2026-03-01T12:00:00Z\",\"operation\":\"/api/operations/20260201-1\","
                + "\"byKey\":{\""
                + Example.key(1).url()
                + "\":60},\"plain\":1,\"unknown\":2,\"whole\":false,\"proof\":false,"
                + "\"doubt\":\"secrets-undecryptable\"}");
    assertThat(first.path("alerts").toString())
        .isEqualTo(
            "[{\"name\":\"slot-near-expiry\",\"subject\":\"v1\",\"reason\":\"within-7-days\","
                + "\"detail\":\"type this\",\"since\":\"2026-03-01T12:00:00Z\"}]");
    assertThat(json.path("clusters").get(1).path("alerts")).isEmpty();
    assertThat(json.path("clusters").get(1).path("slots")).isEmpty();
    assertThat(json.path("clusters").get(1).path("counted").isNull()).isTrue();
    assertThat(json.path("clusters").get(1).path("keyId").isNull()).isTrue();
    assertThat(first.path("keptKey").isNull()).isTrue();
    assertThat(json.path("clusters").get(1).path("keptKey").toString())
        .isEqualTo(
            "{\"keyId\":\""
                + Example.key(1).url()
                + "\",\"state\":\"disabled\",\"sentence\":\"it is disabled\",\"expires\":null,"
                + "\"remedy\":\"az keyvault key set-attributes --id "
                + Example.key(1).url()
                + " --enabled true\"}");
    assertThat(json.path("notLookedAt").get(0).asText()).isEqualTo("the scope x can't be listed");
  }

  @Test
  void oneCluster_isShownWithItsHistory() {
    Counted proof =
        new Counted(
            "20260201-1", Example.NOW, Map.of(Example.key(2).url(), 60L), 0, 0, true, true, null);
    Ledger ledger =
        Ledger.firstSeen(Example.NOW.minusSeconds(60), Example.key(1))
            .current(Example.key(2), Example.NOW, "20260201-1")
            .proved(new ProvedOn(Example.key(2), Example.ETAG, Example.NOW, "20260201-1"))
            .current(Example.key(3), Example.NOW.plusSeconds(60), null);
    ClusterReport report =
        new ClusterReport(
            Example.clusterOn(3),
            Mode.AUTO,
            "already-on-newest",
            null,
            null,
            null,
            null,
            List.of(),
            proof,
            null,
            null,
            OpenAlerts.NONE);
    ClusterDetail detail =
        new ClusterDetail(report, ledger.periods(), Map.of("20260201-1", proof), WHEREABOUTS);

    JsonNode json = Documents.of(cluster(Optional.of(detail), report.cluster().name().value()));

    assertThat(json.path("name").asText()).isEqualTo("prod-1");
    assertThat(json.at("/history/0").toString())
        .isEqualTo(
            "{\"keyId\":\""
                + Example.key(1).url()
                + "\",\"slot\":\"current\",\"from\":\"2026-03-01T11:59:00Z\","
                + "\"until\":\"2026-03-01T12:00:00Z\",\"by\":\"met-so\",\"operation\":null,"
                + "\"proved\":null,\"counted\":null}");
    assertThat(json.at("/history/1/slot").asText()).isEqualTo("previous");
    assertThat(json.at("/history/2/by").asText()).isEqualTo("operation");
    assertThat(json.at("/history/2/operation").asText()).isEqualTo("/api/operations/20260201-1");
    assertThat(json.at("/history/2/counted/proof").asBoolean()).isTrue();
    assertThat(json.at("/history/2/proved").toString())
        .isEqualTo(
            "{\"at\":\"2026-03-01T12:00:00Z\",\"operation\":\"/api/operations/20260201-1\"}");
    assertThat(json.at("/history/4/by").asText()).isEqualTo("found-changed");
    assertThat(json.at("/history/4/until").isNull()).isTrue();
    JsonNode whereabouts = json.path("whereabouts");
    assertThat(whereabouts.path("underAtMost").path(Example.hash(1).label()).asLong()).isEqualTo(7);
    assertThat(whereabouts.path("plain").asLong()).isEqualTo(2);
    assertThat(whereabouts.path("unknown").asLong()).isEqualTo(1);
    assertThat(whereabouts.path("proof").asBoolean()).isFalse();
    assertThat(whereabouts.path("underOneKeySince").isNull()).isTrue();
    assertThat(whereabouts.path("predictedKeyIds").path(Example.hash(1).label()).asText())
        .isEqualTo(Example.key(1).url());
    assertThat(whereabouts.path("foreign").path("what").asText()).isEqualTo("undecryptable");
    assertThat(whereabouts.path("foreign").path("plain").asLong()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "../clusters", "A B"})
  void clusterIsUnknown_isNotFound(String name) {
    WebResponse answer = cluster(Optional.empty(), name);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(Documents.reason(answer)).isEqualTo("unknown-cluster");
  }

  private static WebResponse cluster(Optional<ClusterDetail> detail, String name) {
    return Answers.of(new ReadClusterRoute(any -> detail), Requests.get(Map.of("cluster", name)));
  }

  private static KeptKey usable(int number) {
    return KeptKey.of(Example.key(number), List.of(Example.version(number)), Example.NOW);
  }

  private static JsonNode read(Operation operation) {
    WebRoute route = new ReadOperationRoute(any -> Optional.of(operation));
    return Documents.of(Answers.of(route, Requests.get(Map.of("id", operation.id()))));
  }

  private static WebResponse evidence(Optional<Operation> operation, Optional<String> stored) {
    WebRoute route = new ReadEvidenceRoute(any -> operation, any -> stored);
    return Answers.of(route, Requests.get(Map.of("id", "20260301-1")));
  }
}
