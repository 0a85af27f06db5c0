package dev.rekey.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a look at a cluster has found.
 *
 * @param names the alerts that it was about: of these no others are open now
 * @param found those that are
 */
public record Look(Set<String> names, List<Alert> found) {
  public Look {
    names = Set.copyOf(names);
    found = List.copyOf(found);
    if (!found.stream().map(Alert::name).allMatch(names::contains)) {
      throw new IllegalArgumentException("an alert that the look wasn't about");
    }
  }

  public static Look of(List<Alert> found, AlertName... names) {
    return new Look(
        Arrays.stream(names).map(AlertName::token).collect(Collectors.toUnmodifiableSet()), found);
  }
}
