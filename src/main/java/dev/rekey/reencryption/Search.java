package dev.rekey.reencryption;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds by halving where Secrets lie elsewhere than under the key that they should lie under: the
 * count is repeated over parts of the Secrets, the first part that is open each time.
 *
 * <ol>
 *   <li>A part without a foreign read is done with. It is never looked at again.
 *   <li>A part where others may have read all that is foreign is read again, some times at most; a
 *       client that never stops reading old Secrets must not make every part look foreign.
 *   <li>A part with a foreign Secret for certain is halved, down to one member. A part in which all
 *       are foreign is named without that.
 *   <li>The second half isn't read where the first one holds all.
 *   <li>Rounds, looks and names are limited. What is open then stays without a name, and the search
 *       says so.
 * </ol>
 *
 * @param home the label of the key that all should lie under
 * @param objects whether single Secrets are looked for, not only namespaces
 * @param mostLooks how many patches it may send
 * @param open what is still to be looked into, in this order
 * @param places what was found
 * @param lastPass the id of the last round that it has taken in
 * @param doubts why it may not have found all; empty if it has
 */
public record Search(
    String home,
    boolean objects,
    long mostLooks,
    List<Part> open,
    List<Place> places,
    int rounds,
    long looks,
    String lastPass,
    Set<Doubt> doubts) {

  /** A round takes about a second; dozens of Secrets in as many namespaces take some hundred. */
  private static final int MOST_ROUNDS = 300;

  /** Halving looks at each Secret as often as the whole can be halved, at worst. */
  private static final int LOOKS_PER_SECRET = 8;

  private static final int LOOKS_AT_LEAST = 1_000;

  /** Readings of a part that others read too, before it is left without a name. */
  private static final int MOST_READINGS = 3;

  private static final int MOST_VOIDED = 3;

  /** Characters of names: they have to fit into one record with all else. */
  private static final int MOST_CHARACTERS = 60_000;

  public Search {
    open = List.copyOf(open);
    places = List.copyOf(places);
    EnumSet<Doubt> ordered = EnumSet.noneOf(Doubt.class);
    ordered.addAll(doubts);
    doubts = Collections.unmodifiableSet(ordered);
  }

  /** The search that follows on a count of all Secrets. */
  public static Search after(Pass count, String home, boolean objects) {
    long mostLooks = LOOKS_AT_LEAST + LOOKS_PER_SECRET * count.discovered();
    List<Part> whole = List.of(Part.unread(Scope.WHOLE, 0, Long.MAX_VALUE));
    return new Search(home, objects, mostLooks, whole, List.of(), 0, 0, "", Set.of()).with(count);
  }

  public boolean isOver() {
    return open.isEmpty();
  }

  /** Which Secrets the next round is to take in. */
  public Scope next() {
    return open.get(0).scope().unlisted();
  }

  /** Takes in a round over {@link #next}. */
  public Search with(Pass round) {
    Part part = open.get(0);
    List<Part> others = open.subList(1, open.size());
    Search counted =
        new Search(
            home,
            objects,
            mostLooks,
            others,
            places,
            rounds + 1,
            looks + round.discovered(),
            round.id(),
            doubts);
    Search judged =
        round.stands()
            ? counted.judged(part.read(round.scope(), Reading.of(round, home)))
            : counted.voided(part.voidedOnce());
    return judged.bounded();
  }

  private Search voided(Part part) {
    return part.voided() < MOST_VOIDED ? first(List.of(part)) : doubting(Doubt.INTERRUPTED);
  }

  private Search judged(Part part) {
    Reading reading = Objects.requireNonNull(part.reading());
    if (reading.atMost() == 0) {
      return this;
    }
    if (reading.certain() == 0) {
      return part.readings() < MOST_READINGS ? first(List.of(part)) : doubting(Doubt.OTHERS_READ);
    }
    Search known = lessBeside(part, reading.certain());
    if (isNameable(part, reading)) {
      return known.named(part, reading);
    }
    List<Part> halves = part.halves(reading.atMost());
    return halves.isEmpty() ? known.doubting(Doubt.OTHERS_READ) : known.first(halves);
  }

  private static boolean isNameable(Part part, Reading reading) {
    int members = part.members().size();
    return members == 1 || (members > 1 && reading.certain() >= reading.secrets());
  }

  private Search named(Part part, Reading reading) {
    List<Place> found = new ArrayList<>(places);
    List<Part> further = new ArrayList<>(open);
    String namespace = part.scope().namespace();
    for (Extent.Member member : part.members()) {
      reading.foreign().forEach((key, count) -> found.add(place(namespace, member, key, count)));
      if (objects && namespace == null) {
        further.add(Part.unread(Scope.within(member.name()), 0, reading.atMost()));
      }
    }
    return with(further, found, doubts);
  }

  private static Place place(
      @Nullable String namespace, Extent.Member member, String key, long count) {
    long atMost = Math.min(count, member.secrets());
    return namespace == null
        ? new Place(member.name(), null, key, atMost)
        : new Place(namespace, member.name(), key, atMost);
  }

  /** What is certain to lie in a first half does not lie in the second. */
  private Search lessBeside(Part part, long certain) {
    List<Part> kept =
        open.stream()
            .map(other -> part.isFirstHalfBeside(other) ? other.less(certain) : other)
            .filter(other -> other.atMost() > 0)
            .toList();
    return with(kept, places, doubts);
  }

  private Search first(List<Part> parts) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(open);
    return with(all, places, doubts);
  }

  private Search doubting(Doubt doubt) {
    EnumSet<Doubt> more = EnumSet.of(doubt);
    more.addAll(doubts);
    return with(open, places, more);
  }

  private Search bounded() {
    int characters =
        places.stream()
            .mapToInt(place -> place.namespace().length() + String.valueOf(place.name()).length())
            .sum();
    boolean enough = rounds >= MOST_ROUNDS || looks >= mostLooks || characters >= MOST_CHARACTERS;
    if (!enough || isOver()) {
      return this;
    }
    Search bounded = doubting(Doubt.BOUNDED);
    return bounded.with(List.of(), places, bounded.doubts);
  }

  private Search with(List<Part> newOpen, List<Place> newPlaces, Set<Doubt> newDoubts) {
    return new Search(
        home, objects, mostLooks, newOpen, newPlaces, rounds, looks, lastPass, newDoubts);
  }
}
