package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.fleet.WaveReleases;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Shard;
import dev.rekey.upgrade.Fixture;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the newest set is written again as it was read: no member is lost or made up. */
class ReleasedRowsTest {
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "rekey.dev/operation/v2", Operation.class,
          "rekey.dev/ledger/v2", Ledger.class,
          "rekey.dev/shard/v1", Shard.class,
          "rekey.dev/shard-secrets/v2", NamesRow.class,
          "rekey.dev/exceptions/v1", ExceptionRows.Exceptions.class,
          "rekey.dev/renewal-intent/v1", RenewalIntent.class,
          "rekey.dev/alerts/v1", OpenAlerts.class,
          "rekey.dev/wave-releases/v1", WaveReleases.class);

  private final RecordCodec codec = new RecordCodec();

  static Stream<Arguments> rows() {
    return Fixture.all("v2")
        .flatMap(fixture -> fixture.rows().stream())
        .filter(row -> row.text().startsWith("{"))
        .distinct()
        .map(row -> Arguments.of(row.rowKey(), row.text()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void readAndWritten_isTheSameText(String rowKey, String text) {
    String schema = text.substring("{\"schema\":\"".length(), text.indexOf("\",\""));
    String again =
        schema.equals(Evidence.SCHEMA)
            ? codec.writeBare(codec.readBare(schema, text, Evidence.class))
            : codec.write(schema, codec.read(schema, text, TYPES.get(schema)));

    assertThat(again).isEqualTo(text);
  }

  @Test
  void evidenceOfAnEarlierRelease_isReadAsOneThatNotedNothing() {
    String text =
        Fixture.all("v1")
            .flatMap(fixture -> fixture.rows().stream())
            .map(Fixture.StoredText::text)
            .filter(row -> row.startsWith("{\"schema\":\"" + Evidence.SCHEMA))
            .findFirst()
            .orElseThrow();

    Evidence evidence = codec.readBare(Evidence.SCHEMA, text, Evidence.class);

    assertThat(text).doesNotContain("concerns");
    assertThat(evidence.concerns()).isEmpty();
    assertThat(evidence.broughtBack()).isNull();
    assertThat(evidence.foundReadable()).isNull();
    assertThat(evidence.keysInUse()).isNull();
    assertThat(evidence.exceptions()).hasSize(2);
  }
}
