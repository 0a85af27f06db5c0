package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.key.Ledger;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operation leaves behind: evidence, the ledger, a free lock. */
class FinishTest {
  private final World world = new World();

  @Test
  void rotationProved_ledgerHoldsTheSlotsAndTheProof() {
    world.servers.store(30, hash(1));

    world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    Ledger ledger = world.records.ledger(CLUSTER).orElseThrow().value();
    assertThat(ledger.currentKey()).contains(key(2));
    assertThat(ledger.previousKey()).contains(key(1));
    assertThat(ledger.proved().holdsFor(hash(2), hash(3), "\"etag-2\"")).isTrue();
    assertThat(world.records.active(CLUSTER)).isEmpty();
  }

  @Test
  void rotationProved_evidenceAddsUp() {
    world.servers.store(30, hash(1));

    Evidence evidence = evidence(world.run(world.start(Kind.ROTATE), Duration.ofHours(1)));

    assertThat(evidence.secrets().rewritten() + evidence.secrets().current()).isEqualTo(30);
    assertThat(evidence.proof().unchanged()).isEqualTo(30);
    assertThat(evidence.census().after()).containsOnlyKeys(key(2).url());
    assertThat(evidence.convergence().replicas()).hasSize(2);
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");
  }

  @Test
  void clusterChangedInArmDuringTheProof_proofIsNotNotedForTheNextRotation() {
    world.servers.store(30, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, now -> now.progress().lastPass(StepName.PROVE).isPresent());
    world.clusters.change(CLUSTER, key(2).url(), "Succeeded");

    Operation ended = world.run(operation, Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    Ledger ledger = world.records.ledger(CLUSTER).orElseThrow().value();
    boolean claimed =
        ledger.proved() != null
            && ledger.proved().holdsFor(hash(2), hash(3), world.clusters.read(CLUSTER).etag());
    boolean provedSince =
        ended
            .progress()
            .lastPass(StepName.PROVE)
            .orElseThrow()
            .etag()
            .equals(world.clusters.read(CLUSTER).etag());
    assertThat(claimed).isEqualTo(provedSince);
  }

  @Test
  void secretCannotBeDecrypted_isNamedAndNoProofIsNoted() {
    world.servers.store(30, hash(1));
    Operation operation = world.start(Kind.ROTATE);
    world.runUntil(operation, Operation::mayHaveUpdated);
    world.servers.script =
        secret ->
            secret.name().equals("s0029") ? Samples.refused(ExceptionReason.UNDECRYPTABLE) : null;

    Operation ended = world.run(operation, Duration.ofHours(5));

    assertThat(evidence(ended).exceptions())
        .extracting(Evidence.Exempt::name, Evidence.Exempt::reason)
        .containsExactly(tuple("s0029", "undecryptable"));
    assertThat(evidence(ended).verdict().oldestKey()).isEqualTo("not-known");
    assertThat(world.records.ledger(CLUSTER).orElseThrow().value().proved().key())
        .isEqualTo(key(1));
  }

  @Test
  void secondRotationAfterAProvedOne_needsNoCensusAndLosesNothing() {
    world.servers.store(30, hash(1));
    world.run(world.start(Kind.ROTATE), Duration.ofHours(1));
    world.versions.add(version(3));

    Operation second =
        new StartOperation(world.ports)
            .start(CLUSTER, Kind.ROTATE, Route.of(key(2), key(3)), ORIGIN)
            .orElseThrow();
    Operation ended = world.run(second, Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    assertThat(ended.progress().lastPass(StepName.PROVE_CURRENT)).isEmpty();
    assertThat(world.servers.under(hash(3))).isEqualTo(30);
  }

  /** kubernetes-kms#291: Secrets still lie under version 0 when version 2 comes. */
  @Test
  void staleSecretsBeforeARotation_areRewrittenUnderTheOldKeyBeforeItIsSent() {
    world.servers.store(30, hash(0));
    long[] underDropped = {-1};
    world.clusters.onUpdate =
        to -> {
          underDropped[0] = world.servers.under(hash(0));
          world.servers.replicas.values().forEach(one -> one.loads(hash(2)));
        };

    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    assertThat(ended.isActive()).isFalse();
    assertThat(underDropped[0]).isZero();
    assertThat(evidence(ended).phases()).hasSize(1);
  }

  private Evidence evidence(Operation operation) {
    return world.records.evidence(CLUSTER, operation.id()).orElseThrow().evidence();
  }
}
