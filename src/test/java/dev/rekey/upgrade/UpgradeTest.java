package dev.rekey.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Message;
import dev.rekey.storage.MessageText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a release has left behind in the middle of its work, this one brings to its end. */
class UpgradeTest {
  /** One for each schema that was ever released; a set is never changed. */
  private static final List<String> SETS = List.of("v1", "v2");

  static Stream<Arguments> setsAndStages() {
    return SETS.stream()
        .flatMap(set -> Stream.of(Stage.values()).map(stage -> Arguments.of(set, stage)));
  }

  @ParameterizedTest
  @MethodSource("setsAndStages")
  void recordsOfARelease_areBroughtToAProvedEnd(String set, Stage stage) {
    ReleasedWorld world = ReleasedWorld.at(stage);
    Fixture fixture = Fixture.read(set, stage);
    assertFits(world, fixture);

    world.exchangeRecords(fixture, messages(fixture));

    assertProved(world, stage);
  }

  @ParameterizedTest
  @MethodSource("setsAndStages")
  void messagesAreLostBesides_theTimerFindsTheOperation(String set, Stage stage) {
    ReleasedWorld world = ReleasedWorld.at(stage);

    world.exchangeRecords(Fixture.read(set, stage).withoutMessages(), List.of());

    assertProved(world, stage);
  }

  /** The next release begins with what this one stores now. */
  @Test
  void newestSet_hasTheShapeOfWhatThisReleaseStores() {
    String newest = SETS.get(SETS.size() - 1);
    Stream<String> kept = Fixture.all(newest).flatMap(Fixture::texts);
    Stream<String> stored =
        Stream.of(Stage.values())
            .map(stage -> WriteFixtures.fixture(ReleasedWorld.at(stage)))
            .flatMap(Fixture::texts);

    assertThat(Names.in(stored))
        .as("a change of stored shape needs a new set, see CONTRIBUTING.md")
        .isEqualTo(Names.in(kept));
  }

  /** Should the simulation ever name its keys in another way, the sets can't be driven any more. */
  private static void assertFits(ReleasedWorld world, Fixture fixture) {
    assertThat(world.versions()).extracting(Object::toString).isEqualTo(fixture.versions());
  }

  private static List<Message> messages(Fixture fixture) {
    return fixture.messages().stream().map(Fixture.Queued::text).map(MessageText::read).toList();
  }

  private static void assertProved(ReleasedWorld world, Stage stage) {
    Operation ended = world.runToTheEnd();
    if (stage == Stage.ENDED) {
      assertThat(world.evidence().exceptions()).hasSize(2);
      assertThat(world.retryExceptions()).isPresent();
      ended = world.runToTheEnd();
    }
    Evidence evidence = world.evidence();

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(evidence.proof())
        .isEqualTo(new Evidence.Proof("counters", ReleasedWorld.SECRETS, ReleasedWorld.SECRETS, 0));
    assertThat(evidence.exceptions()).isEmpty();
    assertThat(world.cluster.oracle().under(world.versions().get(1).url()))
        .isEqualTo(ReleasedWorld.SECRETS);
    assertThat(world.versions()).hasSize(2);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }
}
