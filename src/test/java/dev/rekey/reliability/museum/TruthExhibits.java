package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Signals;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.admission.Obstacle;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What such tools have claimed, told or been talked into. */
final class TruthExhibits {
  private TruthExhibits() {}

  static List<Exhibit> all() {
    return List.of(retiredTooEarly(), claimsTooMuch(), tellsASecret(), forgedEvent());
  }

  private static Exhibit retiredTooEarly() {
    return new Exhibit(
        "a key version is given up while a Secret that a policy holds back lies under it",
        "AKS keeps two slots, and the third version is gone",
        "S2",
        evidence(TruthExhibits::givingUpTheOldest),
        denied());
  }

  private static Exhibit claimsTooMuch() {
    return new Exhibit(
        "a Secret that could not be rewritten is left out of the evidence",
        "errors that are logged and forgotten",
        "T1",
        evidence(TruthExhibits::withoutExceptions),
        denied());
  }

  private static List<Setup> denied() {
    return Sweep.calm(Scenario.REENCRYPT).stream()
        .map(
            setup ->
                setup.prepared(
                    cluster ->
                        cluster.admission().put("team-01", new Obstacle.DeniedByPolicy("frozen"))))
        .toList();
  }

  private static Setup.Tampering evidence(UnaryOperator<Evidence> change) {
    return tampering(
        Tamper.records(
            "end",
            (arguments, call) -> {
              if (arguments.length == 3) {
                arguments[2] = change.apply((Evidence) arguments[2]);
              }
              return call.make();
            }));
  }

  private static Evidence givingUpTheOldest(Evidence evidence) {
    String previous = evidence.verdict().previousKey();
    Evidence.Verdict verdict = new Evidence.Verdict(previous, "not-needed-by-this-cluster");
    return new Evidence(
        evidence.schema(),
        evidence.previousHash(),
        evidence.operation(),
        evidence.key(),
        evidence.securityProfile(),
        evidence.convergence(),
        evidence.secrets(),
        evidence.proof(),
        evidence.census(),
        evidence.estimate(),
        evidence.exceptions(),
        evidence.exceptionReasons(),
        evidence.concerns(),
        evidence.broughtBack(),
        evidence.foundReadable(),
        evidence.keysInUse(),
        evidence.steps(),
        evidence.phases(),
        verdict);
  }

  private static Evidence withoutExceptions(Evidence evidence) {
    return new Evidence(
        evidence.schema(),
        evidence.previousHash(),
        evidence.operation(),
        evidence.key(),
        evidence.securityProfile(),
        evidence.convergence(),
        evidence.secrets(),
        evidence.proof(),
        evidence.census(),
        evidence.estimate(),
        List.of(),
        Map.of(),
        evidence.concerns(),
        evidence.broughtBack(),
        evidence.foundReadable(),
        evidence.keysInUse(),
        evidence.steps(),
        evidence.phases(),
        evidence.verdict());
  }

  private static Exhibit tellsASecret() {
    return new Exhibit(
        "the text of a server's error, which quotes a Secret, goes into the log",
        "kubectl replace, and admission webhooks that quote the object",
        "S6",
        tampering(
            ports ->
                Tamper.with(
                    ports,
                    (Signals)
                        (name, reason) ->
                            ports.signals().count(name, reason + " " + SecretBatch.MARKER))),
        Sweep.calm(Scenario.ROTATE));
  }

  private static Exhibit forgedEvent() {
    return new Exhibit(
        "whoever may write a cluster's keyId gets a version made of any key",
        "a confused deputy",
        "K9",
        tampering(TruthExhibits::believingArm),
        Sweep.calm(Scenario.FORGED));
  }

  /** Every API server is believed to use whatever key ARM shows. */
  private static Ports believingArm(Ports ports) {
    return Tamper.apiServers(
            "sample",
            (arguments, call) -> {
              ReplicaSample sample = (ReplicaSample) call.make();
              Map<KeyIdHash, Instant> status = new HashMap<>(sample.statusAt());
              for (ManagedCluster cluster : ports.clusters().list()) {
                KeyId shown = KeyExhibits.parse(cluster.keyId());
                status.put(KeyIdHash.predict(shown), ports.time().instant());
              }
              return new ReplicaSample(
                  sample.replica(),
                  sample.processStart(),
                  status,
                  sample.reads(),
                  sample.writes(),
                  sample.lastWriteAt(),
                  sample.plainReads(),
                  sample.plainWrites(),
                  sample.failedReads(),
                  sample.configurationHash());
            })
        .apply(ports);
  }
}
