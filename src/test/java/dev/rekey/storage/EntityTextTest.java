package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.models.TableEntity;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTextTest {
  private static final int MOST_IN_A_PROPERTY = 32_768;

  @Test
  void anyLength_comesBackAndEachPartFitsIntoAProperty() {
    for (int length : List.of(0, 1, 31_999, 32_000, 32_001, 64_000, 64_001, 480_000)) {
      assertComesBack("x".repeat(length));
    }
  }

  /** Half a character isn't one, and would be stored as a question mark. */
  @Test
  void charactersOfTwoHalves_areNotCutWhereverTheyLie() {
    for (int before : List.of(0, 1, 31_998, 31_999)) {
      assertComesBack("x".repeat(before) + "😀".repeat(100_000));
    }
  }

  private static void assertComesBack(String text) {
    TableEntity entity = new TableEntity("cluster", "row");

    EntityText.put(entity, text);

    assertThat(EntityText.of(entity)).isEqualTo(text);
    assertThat(entity.getProperties().values())
        .filteredOn(String.class::isInstance)
        .map(String.class::cast)
        .allMatch(part -> part.length() <= MOST_IN_A_PROPERTY)
        .noneMatch(part -> !part.isEmpty() && Character.isLowSurrogate(part.charAt(0)));
  }

  @Test
  void partIsMissing_isRefused() {
    TableEntity gap =
        new TableEntity("cluster", "row").addProperty("Parts", 2).addProperty("Text1", "end");
    TableEntity none = new TableEntity("cluster", "row").addProperty("Parts", "2");

    assertThatThrownBy(() -> EntityText.of(gap)).isInstanceOf(UnreadableRow.class);
    TableEntity empty = new TableEntity("cluster", "row").addProperty("Parts", 0);
    assertThatThrownBy(() -> EntityText.of(empty)).isInstanceOf(UnreadableRow.class);
    assertThatThrownBy(() -> EntityText.of(none)).isInstanceOf(UnreadableRow.class);
  }

  @Test
  void prefix_isARangeOfKeysInAscii() {
    assertThat(EntityFilter.of("c", "")).isEqualTo("PartitionKey eq 'c'");
    assertThat(EntityFilter.of("c", "shard-"))
        .isEqualTo("PartitionKey eq 'c' and RowKey ge 'shard-' and RowKey lt 'shard.'");
    assertThat(EntityFilter.of("it's", "o'"))
        .isEqualTo("PartitionKey eq 'it''s' and RowKey ge 'o''' and RowKey lt 'o('");
    assertThat(EntityFilter.of("c", "a😀"))
        .isEqualTo("PartitionKey eq 'c' and RowKey ge 'a' and RowKey lt 'b'");
    assertThat(EntityFilter.of("c", "ключ")).isEqualTo("PartitionKey eq 'c'");
  }
}
