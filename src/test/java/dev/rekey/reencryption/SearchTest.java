package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final String HOME = hash(1).label();
  private static final String OLD = hash(0).label();

  /** In the order of names. */
  private final List<SecretRef> stored = new ArrayList<>();

  private final Set<String> old = new TreeSet<>();
  private final Set<String> plain = new TreeSet<>();

  /** Reads of another client under the old key during each round. */
  private long noise;

  private int rounds;

  @Test
  void oneOldSecretInOneOfManyNamespaces_itsNamespaceIsNamed() {
    namespaces(64, 2);
    old.add("n17/s1");

    Search search = searched(false);

    assertThat(search.places()).containsExactly(new Place("n17", null, OLD, 1));
    assertThat(search.doubts()).isEmpty();
    assertThat(search.rounds()).isEqualTo(rounds).isLessThan(16);
  }

  @Test
  void oldSecretsInSeveralNamespaces_eachIsNamedWithItsNumber() {
    namespaces(40, 3);
    old.addAll(Set.of("n10/s0", "n10/s1", "n38/s2", "n49/s0"));

    assertThat(searched(false).places())
        .containsExactlyInAnyOrder(
            new Place("n10", null, OLD, 2),
            new Place("n38", null, OLD, 1),
            new Place("n49", null, OLD, 1));
  }

  @Test
  void allIsOld_itIsNamedWithoutHalving() {
    namespaces(3, 2);
    stored.forEach(secret -> old.add(secret.toString()));

    Search search = searched(false);

    assertThat(search.places())
        .containsExactly(
            new Place("n10", null, OLD, 2),
            new Place("n11", null, OLD, 2),
            new Place("n12", null, OLD, 2));
    assertThat(search.rounds()).isEqualTo(1);
  }

  @Test
  void secondHalf_isNotReadWhereTheFirstHoldsAll() {
    namespaces(2, 2);
    old.add("n10/s0");

    assertThat(searched(false).rounds()).isEqualTo(2);
  }

  @Test
  void plainAndOldSecretsOfOneNamespace_areNamedApart() {
    namespaces(2, 3);
    old.add("n11/s0");
    plain.addAll(Set.of("n11/s1", "n11/s2"));

    assertThat(searched(false).places())
        .containsExactlyInAnyOrder(
            new Place("n11", null, OLD, 1), new Place("n11", null, KeyIdHash.PLAIN.label(), 2));
  }

  @Test
  void objectsAreWanted_eachSecretIsNamedBesideItsNamespace() {
    namespaces(4, 40);
    old.addAll(Set.of("n12/s17", "n13/s3"));

    assertThat(searched(true).places())
        .contains(
            new Place("n12", null, OLD, 1),
            new Place("n12", "s17", OLD, 1),
            new Place("n13", null, OLD, 1),
            new Place("n13", "s3", OLD, 1))
        .hasSize(4);
  }

  @Test
  void othersMayHaveReadAllThatIsOld_isReadThreeTimesAndThenDoubted() {
    namespaces(2, 2);
    noise = 3;

    Search search = searched(false);

    assertThat(search.places()).isEmpty();
    assertThat(search.doubts()).containsExactly(Doubt.OTHERS_READ);
    assertThat(search.rounds()).isEqualTo(3);
  }

  @Test
  void othersStopReading_nothingIsDoubted() {
    namespaces(2, 2);
    noise = 3;
    Search search = Search.after(round(Scope.WHOLE), HOME, false);
    noise = 0;

    Search next = search.with(round(search.next()));

    assertThat(search.isOver()).isFalse();
    assertThat(next.isOver()).isTrue();
    assertThat(next.doubts()).isEmpty();
  }

  @Test
  void countThatDoesNotStandThreeTimes_isDoubted() {
    namespaces(2, 2);
    Search search = Search.after(interrupted(), HOME, false).with(interrupted());

    assertThat(search.isOver()).isFalse();
    assertThat(search.with(interrupted()).isOver()).isTrue();
    assertThat(search.with(interrupted()).doubts()).containsExactly(Doubt.INTERRUPTED);
  }

  @Test
  void roundThatStandsAgain_endsTheCountOfThoseThatDid() {
    namespaces(2, 2);
    old.add("n10/s0");
    noise = 5;
    Search search = Search.after(interrupted(), HOME, false).with(interrupted());
    Search read = search.with(round(search.next()));

    assertThat(read.with(interrupted()).with(interrupted()).doubts()).isEmpty();
  }

  @Test
  void looksAtEachRound_areAddedUpToTheirLimit() {
    namespaces(2, 10);
    old.add("n10/s0");
    Search search = Search.after(round(Scope.WHOLE), HOME, false);

    assertThat(search.looks()).isEqualTo(20);
    assertThat(search.mostLooks()).isEqualTo(1_000 + 8 * 20);
    assertThat(search.lastPass()).isEqualTo("locate-1");
  }

  @Test
  void limitOfLooks_endsItWithADoubtAndNotBefore() {
    namespaces(2, 10);
    old.add("n10/s0");
    Search open = Search.after(round(Scope.WHOLE), HOME, false);
    Pass half = round(open.next());

    Search before = with(open, open.rounds(), open.mostLooks() - 11, List.of());
    Search at = with(open, open.rounds(), open.mostLooks() - 10, List.of());

    old.clear();
    assertThat(before.with(round(open.next())).isOver()).isFalse();
    assertThat(at.with(round(open.next())).doubts()).containsExactly(Doubt.BOUNDED);
    assertThat(at.with(round(open.next())).isOver()).isTrue();
    assertThat(half.discovered()).isEqualTo(10);
  }

  @Test
  void limitOfRounds_endsItWithADoubtAndNotBefore() {
    namespaces(2, 2);
    old.add("n10/s0");
    Search open = Search.after(round(Scope.WHOLE), HOME, false);
    old.clear();

    assertThat(with(open, 298, 0, List.of()).with(round(open.next())).isOver()).isFalse();
    assertThat(with(open, 299, 0, List.of()).with(round(open.next())).doubts())
        .containsExactly(Doubt.BOUNDED);
  }

  @Test
  void limitOfNames_endsItWithADoubtAndNotBefore() {
    namespaces(2, 2);
    old.add("n10/s0");
    Search open = Search.after(round(Scope.WHOLE), HOME, false);
    old.clear();
    List<Place> below = List.of(new Place("n".repeat(30_000), "s".repeat(29_999), OLD, 1));
    List<Place> at = List.of(new Place("n".repeat(30_000), "s".repeat(30_000), OLD, 1));

    assertThat(with(open, 1, 0, below).with(round(open.next())).isOver()).isFalse();
    assertThat(with(open, 1, 0, at).with(round(open.next())).doubts())
        .containsExactly(Doubt.BOUNDED);
  }

  @Test
  void searchThatIsOverAtItsLimit_isNotDoubted() {
    namespaces(1, 2);
    Search fresh = new Search(HOME, false, 1, whole(), List.of(), 0, 0, "", Set.of());

    assertThat(fresh.with(round(Scope.WHOLE)).doubts()).isEmpty();
  }

  private Search searched(boolean objects) {
    Search search = Search.after(round(Scope.WHOLE), HOME, objects);
    while (!search.isOver()) {
      search = search.with(round(search.next()));
    }
    return search;
  }

  private static Search with(Search search, int rounds, long looks, List<Place> places) {
    return new Search(
        HOME,
        search.objects(),
        search.mostLooks(),
        search.open(),
        places,
        rounds,
        looks,
        "",
        Set.of());
  }

  private static List<Part> whole() {
    return List.of(Part.unread(Scope.WHOLE, 0, 10));
  }

  private void namespaces(int count, int secretsInEach) {
    for (int namespace = 10; namespace < 10 + count; namespace++) {
      for (int secret = 0; secret < secretsInEach; secret++) {
        stored.add(new SecretRef("n" + namespace, "s" + secret, "1"));
      }
    }
    stored.sort(
        (one, other) ->
            (one.namespace() + "/" + one.name()).compareTo(other.namespace() + "/" + other.name()));
  }

  /** A round over what lies in a scope, as an API server would count it. */
  private Pass round(Scope scope) {
    return round(scope, Samples.STARTED);
  }

  private Pass interrupted() {
    return round(Scope.WHOLE, NOW);
  }

  private Pass round(Scope scope, java.time.Instant startedAfter) {
    List<SecretRef> taken =
        stored.stream()
            .filter(one -> scope.takesNamespace(one.namespace()) && scope.takesSecret(one.name()))
            .toList();
    ExtentFinder extent = new ExtentFinder(scope);
    taken.forEach(extent::add);
    long isOld = taken.stream().filter(one -> old.contains(one.toString())).count();
    long isPlain = taken.stream().filter(one -> plain.contains(one.toString())).count();
    Samples after =
        Samples.of("a")
            .startedAt(startedAfter)
            .reads(hash(1), 100 + taken.size() - isOld - isPlain)
            .reads(hash(0), 100 + isOld + noise)
            .plain(isPlain, 0);
    rounds++;
    return Pass.begun("locate-" + rounds, "locate", PassKind.COUNT, hash(1), null, NOW)
        .over(scope.with(extent.found()))
        .listed(1, taken.size())
        .running(Samples.scrape(NOW, Samples.of("a").reads(hash(1), 100).reads(hash(0), 100)))
        .ended(
            Samples.scrape(NOW.plusSeconds(1), after),
            Samples.allCurrent(taken.size()),
            ExceptionCounts.NONE);
  }
}
