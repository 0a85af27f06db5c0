package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy that denies a whole cluster breaks no row, no message and no evidence. */
class ManyExceptionsTest {
  private static final int SECRETS = 20_000;
  private static final int SOME = 2_000;

  private final World world =
      new World(new Limits(32, Pacing.FIXED, 4, 1_000, Duration.ofMinutes(4)));

  @Test
  void allButSomeOfTwentyThousandAreDenied_evidenceCountsThemAllAndEachCanBeRead() {
    world.servers.store(SECRETS, hash(1));
    String policy = "p".repeat(200);
    world.servers.script =
        secret ->
            secret.name().startsWith("s") && number(secret.name()) >= SOME
                ? new PatchAnswer.Refused(ExceptionReason.DENIED_BY_POLICY, policy)
                : null;

    Operation ended = world.run(world.start(Kind.REENCRYPT), Duration.ofHours(5));

    Evidence evidence = world.records.evidence(CLUSTER, ended.id()).orElseThrow().evidence();
    assertThat(evidence.secrets().exceptions()).isEqualTo(SECRETS - SOME);
    assertThat(evidence.exceptionReasons())
        .isEqualTo(Map.of("denied-by-policy", (long) SECRETS - SOME));
    assertThat(evidence.exceptions()).hasSizeBetween(500, 5_000);
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");
    List<SecretException> read = readAll(ended);
    assertThat(read).hasSize(SECRETS - SOME).doesNotHaveDuplicates();
    assertThat(read).allMatch(one -> policy.equals(one.by()));
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private List<SecretException> readAll(Operation operation) {
    ReadExceptions reading = new ReadExceptions(world.records);
    List<SecretException> all = new ArrayList<>();
    String next = null;
    do {
      Listing<SecretException> page = reading.page(CLUSTER, operation.id(), next);
      all.addAll(page.items());
      next = page.next();
    } while (next != null);
    return all;
  }
}
