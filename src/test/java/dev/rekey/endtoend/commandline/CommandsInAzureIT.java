package dev.rekey.endtoend.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.endtoend.commandline.TypedInAzure.Typed;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code rekey disable} and {@code rekey enable} as processes; raw etcd is the judge. */
class CommandsInAzureIT {
  private static final int SECRETS = 2_000;
  private static final Duration WITHIN = Duration.ofMinutes(4);

  @Test
  void turnedOff_killedAsItIsTurnedOnAgain_typedAgainAllLiesUnderTheKey() throws Exception {
    try (TypedInAzure azure = new TypedInAzure(2)) {
      Seed seed = Seed.plant(azure.testbed.requests(), SECRETS, 512, 20);
      long stored = azure.stored().get("key");

      Typed unasked = azure.type("disable");
      assertThat(unasked.process().await()).isEqualTo(2);
      assertThat(unasked.said()).contains("--yes: expected");
      assertThat(azure.arm.acceptedUpdates()).isEmpty();

      Typed off = azure.type("disable", "--yes");
      assertThat(off.process().await()).as(off.said()).isZero();
      assertThat(off.said()).contains("disable of /subscriptions/", "Secrets", "plain");
      assertThat(azure.stored()).isEqualTo(Map.of("plain", stored));

      String[] line = {"--key", azure.key.url(), "--yes", "--in-flight", "2"};
      Typed on = azure.type("enable", line);
      Await.until(
          "some Secrets under the key",
          WITHIN,
          () -> azure.stored().getOrDefault("key", 0L) > SECRETS / 10,
          on::said);
      on.process().kill9();
      assertThat(azure.stored()).as("killed before its end").containsKey("plain");
      Typed other = azure.type("disable", "--yes");
      assertThat(other.process().await()).as(other.said()).isEqualTo(3);
      assertThat(other.said()).contains("the enable ", "is unfinished");

      Typed again = azure.type("enable", line);
      assertThat(again.process().await()).as(again.said()).isZero();
      assertThat(again.said()).contains("Going on with the unfinished enable");
      assertThat(azure.stored()).isEqualTo(Map.of("key", stored));
      assertThat(azure.arm.acceptedUpdates()).hasSize(2);
      assertThat(seed.differences()).isEmpty();
    }
  }
}
