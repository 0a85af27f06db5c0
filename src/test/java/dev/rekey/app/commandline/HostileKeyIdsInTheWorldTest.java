package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.HostileKeyId;
import dev.rekey.simulation.azure.VaultCalls;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a hostile key id comes from, no vault is asked for it (promise K9). */
class HostileKeyIdsInTheWorldTest {
  private final SimulatedRekey world = new SimulatedRekey(new SimulatedRekey.Shape(3, 4, 1, 1));

  /** Events are taken without the blanks around their members. */
  static List<HostileKeyId> inEvents() {
    return HostileKeyId.ALL.stream()
        .filter(hostile -> hostile.text().equals(hostile.text().strip()))
        .toList();
  }

  static List<HostileKeyId> inArm() {
    return HostileKeyId.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inEvents")
  void inAnEvent_isIgnoredAndNobodyIsAsked(HostileKeyId hostile) {
    world.process().reconcile();
    VaultCalls before = world.vault().calls();

    world.process().receive(event(hostile.text()));

    assertThat(world.vault().calls()).isEqualTo(before);
    assertThat(world.process().unfinished(world.name())).isEmpty();
    assertThat(world.signals()).last().asString().startsWith("key-event-ignored ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inArm")
  void inTheClustersOwnBody_isNotAskedForAndNothingIsChanged(HostileKeyId hostile) {
    world
        .arm()
        .changedByAnother(
            world.name(),
            body ->
                body.withObject("/properties/securityProfile/azureKeyVaultKms")
                    .put("keyId", hostile.text()));
    VaultCalls before = world.vault().calls();

    world.process().reconcile();

    assertThat(world.vault().calls()).isEqualTo(before);
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  private static String event(String keyId) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("eventType", "Microsoft.KeyVault.KeyNewVersionCreated");
    event.putObject("data").put("Id", keyId);
    return event.toString();
  }
}
