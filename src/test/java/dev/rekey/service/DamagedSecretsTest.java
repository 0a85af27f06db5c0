package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets that no list can be read past, from the list to the evidence. */
class DamagedSecretsTest {
  private static final Set<String> DAMAGED = Set.of("s0000", "s0123", "s0124", "s0299");

  private final World world = new World();

  @BeforeEach
  void fourOfThreeHundredCannotBeReadByLists() {
    world.servers.store(300, hash(0));
    world.servers.damaged.addAll(DAMAGED);
  }

  @Test
  void patchesCannotReadThemEither_allOthersAreRewrittenAndProvedAndTheseAreNamed() {
    refuse(ExceptionReason.UNDECRYPTABLE);

    Evidence evidence = run(Kind.REENCRYPT);

    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(300, 296, 0, 0, 4, 0));
    assertThat(evidence.proof().unchanged()).isEqualTo(296);
    assertThat(evidence.exceptions())
        .extracting(Evidence.Exempt::name)
        .containsExactlyInAnyOrderElementsOf(DAMAGED);
    assertThat(evidence.exceptionReasons()).isEqualTo(Map.of("undecryptable", 4L));
    assertThat(evidence.census().unknown()).isEqualTo(4);
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
    assertThat(world.servers.under(hash(1))).isEqualTo(296);
  }

  @Test
  void censusMeetsThem_theyAreUnknown() {
    refuse(ExceptionReason.UNDECRYPTABLE);

    Evidence evidence = run(Kind.CENSUS);

    assertThat(evidence.census().unknown()).isEqualTo(4);
    assertThat(evidence.secrets().exceptions()).isEqualTo(4);
    assertThat(evidence.census().after().values()).containsExactly(296L);
  }

  /** A replica that hasn't restarted still holds the data keys. */
  @Test
  void replicaThatTakesThePatchesCanStillReadThem_theyAreRescuedLikeAnyOther() {
    Evidence evidence = run(Kind.REENCRYPT);

    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(300, 300, 0, 0, 0, 0));
    assertThat(evidence.exceptions()).isEmpty();
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");
    assertThat(world.servers.under(hash(1))).isEqualTo(300);
  }

  @Test
  void oneIsDeletedBetweenListAndPatch_isDeletedAndNoException() {
    refuse(ExceptionReason.UNDECRYPTABLE);
    Operation operation = world.start(Kind.REENCRYPT);
    world.runUntil(operation, now -> now.progress().runningPass().isPresent());
    world.servers.secrets.remove("default/s0123");
    world.servers.script =
        secret ->
            DAMAGED.contains(secret.name()) && !secret.name().equals("s0123")
                ? Samples.refused(ExceptionReason.UNDECRYPTABLE)
                : null;

    Evidence evidence = evidence(world.run(operation, Duration.ofHours(5)));

    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(300, 296, 0, 1, 3, 0));
    assertThat(evidence.exceptionReasons()).isEqualTo(Map.of("undecryptable", 3L));
  }

  private void refuse(ExceptionReason reason) {
    world.servers.script =
        secret -> DAMAGED.contains(secret.name()) ? Samples.refused(reason) : null;
  }

  private Evidence run(Kind kind) {
    return evidence(world.run(world.start(kind), Duration.ofHours(5)));
  }

  private Evidence evidence(Operation ended) {
    return world.records.evidence(CLUSTER, ended.id()).orElseThrow().evidence();
  }
}
