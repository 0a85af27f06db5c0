package dev.rekey.fleet;

import dev.rekey.operation.ClusterName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order in which clusters that share a key come to a new version of it.
 *
 * @param users all clusters in scope that use the key
 * @param complete whether these are all: false where a part of the scope could not be looked at
 */
public record Waves(List<KeyUser> users, boolean complete) {

  public Waves {
    users = List.copyOf(users);
  }

  /**
   * Who holds a wave back, and so every cluster in it; empty if its rotations may begin.
   *
   * <ol>
   *   <li>Nothing holds the first wave.
   *   <li>A cluster of an earlier wave that isn't proved on the version, or on a newer one, does:
   *       of several the earliest, by wave and name.
   *   <li>Any later wave is held where not everything could be looked at. Never is what isn't seen
   *       taken for proved.
   * </ol>
   */
  public Optional<Held> held(Wave wave) {
    if (!Wave.FIRST.isBefore(wave)) {
      return Optional.empty();
    }
    Optional<Held> user = before(wave).filter(KeyUser::holds).findFirst().map(Held::by);
    return user.isPresent() || complete ? user : Optional.of(Held.BY_THE_UNSEEN);
  }

  /** Clusters of earlier waves that this one doesn't wait for, though nothing is proved on them. */
  public List<KeyUser> passedOver(Wave wave) {
    return before(wave).filter(KeyUser::isPassedOver).toList();
  }

  private Stream<KeyUser> before(Wave wave) {
    return users.stream()
        .filter(user -> user.wave().isBefore(wave))
        .sorted(Comparator.comparing(KeyUser::wave).thenComparing(user -> user.cluster().value()));
  }

  /**
   * What holds a wave back.
   *
   * @param cluster the one; empty where it is what could not be looked at
   */
  public record Held(Optional<ClusterName> cluster, String text) {
    static final Held BY_THE_UNSEEN =
        new Held(Optional.empty(), "not every cluster in scope could be looked at");

    static Held by(KeyUser user) {
      return new Held(
          Optional.of(user.cluster()),
          user.cluster() + " of " + user.wave() + " is " + words(user.standing()));
    }

    private static String words(KeyUser.Standing standing) {
      return standing == KeyUser.Standing.BEHIND
          ? "on an older version still"
          : "on it without a proof";
    }
  }
}
