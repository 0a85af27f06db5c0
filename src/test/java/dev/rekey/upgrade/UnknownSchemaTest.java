package dev.rekey.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.storage.MessageText;
import dev.rekey.storage.UnreadableMessage;
import dev.rekey.storage.UnreadableRow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer release has stored is refused, never guessed, and left as it is. */
class UnknownSchemaTest {
  private static final int MOST_MESSAGES = 200;

  static Stream<Arguments> rowsOfAReleaseInTheMiddle() {
    return Fixture.read("v1", Stage.HALF_WRITTEN).rows().stream()
        .filter(row -> row.text().startsWith("{\"schema\":"))
        .filter(row -> !row.rowKey().contains("prove-current"))
        .filter(row -> !row.text().contains("\"parts\":[]")) // nobody reads those any more
        .map(row -> Arguments.of(row.rowKey(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsOfAReleaseInTheMiddle")
  void rowOfANewerSchema_isLeftAsItIsAndNothingEndsWithoutIt(String name, Fixture.StoredText row) {
    Fixture.StoredText newer =
        new Fixture.StoredText(
            row.partition(), row.rowKey(), row.text().replaceFirst("/v[0-9]+\"", "/v999\""));
    Fixture fixture = Fixture.read("v1", Stage.HALF_WRITTEN).with(newer);
    ReleasedWorld world = ReleasedWorld.at(Stage.HALF_WRITTEN);
    world.exchangeRecords(
        fixture,
        fixture.messages().stream().map(Fixture.Queued::text).map(MessageText::read).toList());

    int refused = work(world);

    assertThat(refused).isPositive();
    assertThat(world.table.get(row.partition(), row.rowKey()).orElseThrow().text())
        .isEqualTo(newer.text());
    assertThat(world.table.get(row.partition(), "lock")).isPresent();
    assertThat(Fixture.rowsOf(world.table, world.partitions()))
        .extracting(Fixture.StoredText::rowKey)
        .containsAll(fixture.rows().stream().map(Fixture.StoredText::rowKey).toList())
        .noneMatch(key -> key.startsWith("evidence-"));
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  /** As the host does: a message that fails is given up, and the timer comes by. */
  private static int work(ReleasedWorld world) {
    int refused = 0;
    for (int messages = 0; messages < MOST_MESSAGES && refused < 5; messages++) {
      try {
        if (world.hasMessages()) {
          world.next();
        } else {
          world.letTimerRun();
        }
      } catch (UnreadableRow unreadable) {
        assertThat(unreadable).hasMessageContaining("run the release that wrote it");
        refused++;
      }
    }
    return refused;
  }

  @Test
  void messageOfANewerSchema_isNone() {
    List<Fixture.Queued> messages = Fixture.read("v1", Stage.HALF_WRITTEN).messages();

    assertThat(messages).isNotEmpty();
    for (Fixture.Queued message : messages) {
      assertThatThrownBy(() -> MessageText.read(message.text().replace("/v1", "/v2")))
          .isInstanceOfSatisfying(
              UnreadableMessage.class,
              refused -> assertThat(refused.why()).isEqualTo(UnreadableMessage.Cause.OTHER_SCHEMA));
    }
  }
}
