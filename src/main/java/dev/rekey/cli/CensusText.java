package dev.rekey.cli;

import dev.rekey.operation.Evidence;
import dev.rekey.reencryption.Doubt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How exact a census is and where it found what, for people to read. */
final class CensusText {
  private final Evidence.Census census;
  private final BiConsumer<String, String> entry;
  private final Consumer<String> line;

  /**
   * @param entry takes a label and its value
   * @param line takes a line
   */
  CensusText(Evidence.Census census, BiConsumer<String, String> entry, Consumer<String> line) {
    this.census = census;
    this.entry = entry;
    this.line = line;
  }

  void add() {
    Evidence.Accuracy accuracy = census.accuracy();
    if (accuracy != null) {
      add(accuracy);
    }
    places();
    line.accept("");
    line.accept("Nothing was written and no Secret was read.");
  }

  private void add(Evidence.Accuracy accuracy) {
    if (accuracy.exact()) {
      entry.accept("exact", "nothing was read meanwhile but each Secret once");
      return;
    }
    entry.accept(
        "at most",
        String.format(
            Locale.ROOT,
            "other clients read too: counts are too high by %,d at most, all together",
            accuracy.tooHighByAtMost()));
    for (Map.Entry<String, Double> rate : accuracy.othersReadPerSecond().entrySet()) {
      long about = accuracy.tooHighByAbout().getOrDefault(rate.getKey(), 0L);
      entry.accept(
          "",
          String.format(
              Locale.ROOT,
              "about %,d of them under %s, of which others read %.1f/s",
              about,
              rate.getKey(),
              rate.getValue()));
    }
  }

  private void places() {
    List<Evidence.Place> places = census.places();
    if (!places.isEmpty()) {
      line.accept("");
      line.accept("Under another key, at most:");
    }
    for (Evidence.Place place : places) {
      String where = place.namespace() + (place.name() == null ? "" : "/" + place.name());
      line.accept(String.format(Locale.ROOT, "  %,9d  %s  %s", place.atMost(), where, place.key()));
    }
    for (String token : census.unnamed()) {
      line.accept((places.isEmpty() ? "Not named: " : "At least these: ") + sentence(token));
    }
  }

  private String sentence(String token) {
    String sentence =
        Arrays.stream(Doubt.values())
            .filter(doubt -> doubt.token().equals(token))
            .map(Doubt::sentence)
            .collect(Collectors.joining());
    return token.equals(Doubt.OTHERS_READ.token()) ? sentence + rates() : sentence;
  }

  private String rates() {
    Evidence.Accuracy accuracy = census.accuracy();
    double all =
        accuracy == null
            ? 0
            : accuracy.othersReadPerSecond().values().stream().mapToDouble(rate -> rate).sum();
    return String.format(Locale.ROOT, " (about %.1f/s)", all);
  }
}
