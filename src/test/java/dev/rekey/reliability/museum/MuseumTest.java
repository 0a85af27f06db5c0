package dev.rekey.reliability.museum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reliability.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Accidents from the field, built into the engine: each is found out, and only because of it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MuseumTest {
  private static final List<String> CAUGHT = new CopyOnWriteArrayList<>();

  static Stream<Showpiece> exhibits() {
    return Stream.<List<? extends Showpiece>>of(
            ClusterExhibits.all(),
            PatchExhibits.all(),
            KeyExhibits.all(),
            OnAndOffExhibits.all(),
            RecordExhibits.all(),
            TruthExhibits.all(),
            MigrationExhibits.all(),
            BroughtBackExhibits.all(),
            OverTimeExhibits.all(),
            FleetExhibits.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exhibits")
  void anAccident_isFoundOutAndNothingIsWithoutIt(Showpiece exhibit) {
    Optional<Showpiece.Found> found = exhibit.found();

    assertThat(found).as("found out").isPresent();
    int world = found.get().world();
    String row = exhibit.row(found.get());
    Report.say("museum: %s", row);
    assertThat(exhibit.brokenWithoutIt(world)).isEmpty();
    CAUGHT.add(row);
    Report.set(
        "museum",
        Map.of(
            "caught", CAUGHT.size(), "of", (int) exhibits().count(), "rows", List.copyOf(CAUGHT)));
  }

  @Test
  void docsTellOfEachAndOfNoOther() throws IOException {
    List<String> told =
        Files.readAllLines(Path.of("docs", "reliability.md")).stream()
            .dropWhile(line -> !line.startsWith("| accident"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(line -> line.split("[|]")[1].strip())
            .toList();

    assertThat(told).containsExactlyElementsOf(exhibits().map(Showpiece::toString).toList());
  }

  @Test
  void thereAreTwentyOfThemAtLeast() {
    assertThat(exhibits()).hasSizeGreaterThanOrEqualTo(20);
  }
}
