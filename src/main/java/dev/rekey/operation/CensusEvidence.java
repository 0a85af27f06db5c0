package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.reencryption.CounterGrowth;
import dev.rekey.reencryption.Doubt;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.KeyCounts;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassOutcome;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Reading;
import dev.rekey.reencryption.Search;
import dev.rekey.reencryption.SecretException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What evidence says of counts: by which key, how exact, and where. */
final class CensusEvidence {
  private static final String UNKNOWN = "unknown";

  private final Operation operation;
  private final List<SecretException> exceptions;
  private final Map<String, String> urls = new TreeMap<>();

  CensusEvidence(Operation operation, Ledger ledger, List<SecretException> exceptions) {
    this.operation = operation;
    this.exceptions = exceptions;
    Stream.concat(
            ledger.entries().stream().map(entry -> entry.key()),
            Stream.of(operation.from(), operation.to()).filter(key -> key != null))
        .forEach(this::know);
  }

  private void know(KeyId key) {
    urls.put(KeyIdHash.predict(key).label(), key.url());
  }

  /** Of the proof, or of the count where there is none. */
  Evidence.Census census() {
    Optional<Pass> last =
        last(StepName.PROVE, PassKind.PROOF).or(() -> last(StepName.COUNT, PassKind.COUNT));
    Optional<CounterGrowth> growth = last.flatMap(Pass::growth);
    return new Evidence.Census(
        countedBefore(),
        growth.map(this::byKey).orElse(Map.of()),
        last.flatMap(pass -> pass.growth().map(grown -> KeyCounts.plain(pass, grown))).orElse(0L),
        last.map(pass -> pass.exceptions().of(ExceptionReason.UNDECRYPTABLE)).orElse(0L),
        accuracy(),
        places(),
        unnamed());
  }

  /** Before a dropped key version was brought back, or on what all was proved. */
  private @Nullable Map<String, Long> countedBefore() {
    DroppedKey dropped = operation.progress().findings().dropped();
    return dropped == null || dropped.counted() == null
        ? last(StepName.PROVE_CURRENT, PassKind.COUNT)
            .flatMap(Pass::growth)
            .map(this::byKey)
            .orElse(null)
        : byKey(dropped.counted(), dropped.unknown());
  }

  private Optional<Pass> last(StepName step, PassKind kind) {
    return operation.progress().lastPass(step, kind);
  }

  /** Reads by key; a key whose URL is known by its URL. Plain ones are told beside them. */
  private Map<String, Long> byKey(CounterGrowth growth) {
    Map<String, Long> counts = new TreeMap<>();
    growth.reads().forEach((hash, count) -> counts.put(named(hash.label()), count));
    counts.remove(KeyIdHash.PLAIN.label());
    return counts;
  }

  /** The same of what was noted, with those that could not be decrypted. */
  private Map<String, Long> byKey(Map<KeyIdHash, Long> reads, long unknown) {
    Map<String, Long> counts = byKey(new CounterGrowth(reads, Map.of(), 0, null));
    counts.put(UNKNOWN, unknown);
    return counts;
  }

  private String named(String label) {
    return urls.getOrDefault(label, label);
  }

  private List<SecretException> undecryptable() {
    return exceptions.stream()
        .filter(exception -> exception.reason() == ExceptionReason.UNDECRYPTABLE)
        .toList();
  }

  private Evidence.@Nullable Accuracy accuracy() {
    Pass count = operation.progress().lastPass(StepName.COUNT, PassKind.COUNT).orElse(null);
    if (count == null || count.growth().isEmpty()) {
      return null;
    }
    long tooHigh = Reading.readByOthers(count);
    QuietReading quiet = operation.progress().findings().quiet();
    QuietReading.Others others = quiet == null ? QuietReading.Others.NONE : quiet.around(count);
    Map<String, Long> about = new TreeMap<>();
    Map<String, Double> perSecond = new TreeMap<>();
    others.perSecond().forEach((key, rate) -> perSecond.put(named(key), rounded(rate)));
    perSecond.forEach((key, rate) -> about.put(key, about(rate, count, tooHigh)));
    about.values().removeIf(number -> number == 0);
    return new Evidence.Accuracy(
        tooHigh == 0, tooHigh, about, perSecond, rounded(others.seconds()));
  }

  /** What is read at a rate while a count goes on, but never more than was read beyond it. */
  private static long about(double perSecond, Pass count, long tooHigh) {
    PassOutcome outcome = count.outcome();
    if (outcome == null || count.before() == null) {
      return 0;
    }
    Duration took = Duration.between(count.before().at(), outcome.after().at());
    return Math.min(tooHigh, Math.round(perSecond * took.toMillis() / 1000.0));
  }

  private static double rounded(double number) {
    return Math.round(number * 10) / 10.0;
  }

  private List<Evidence.Place> places() {
    List<Evidence.Place> places = new ArrayList<>();
    Search search = operation.progress().findings().search();
    if (search != null) {
      search
          .places()
          .forEach(
              place ->
                  places.add(
                      new Evidence.Place(
                          place.namespace(), place.name(), named(place.key()), place.atMost())));
    }
    if (operation.kind() == Kind.CENSUS) {
      undecryptable()
          .forEach(one -> places.add(new Evidence.Place(one.namespace(), one.name(), UNKNOWN, 1)));
    }
    places.sort(
        Comparator.comparing(Evidence.Place::namespace)
            .thenComparing(place -> place.name() == null ? "" : place.name())
            .thenComparing(Evidence.Place::key));
    return places;
  }

  private List<String> unnamed() {
    Search search = operation.progress().findings().search();
    return search == null ? List.of() : search.doubts().stream().map(Doubt::token).toList();
  }
}
