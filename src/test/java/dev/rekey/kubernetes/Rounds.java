package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the contract's tests do again and again. */
final class Rounds {
  private Rounds() {}

  static KeyIdHash hash(String keyUrl) {
    return KeyIdHash.predict(KeyId.parse(keyUrl, Cloud.PUBLIC));
  }

  static long moved(List<Look> looks) {
    return looks.stream()
        .filter(
            look ->
                look.answer() instanceof PatchAnswer.Patched patched
                    && look.secret().isMovedBy(patched.resourceVersion()))
        .count();
  }

  static List<SecretRef> listAll(ClusterUnderTest cluster) {
    List<SecretRef> all = new ArrayList<>();
    for (String namespace : List.of("team-00", "team-01", "team-02")) {
      Listing<SecretRef> page = cluster.servers().listSecrets(namespace, null);
      assertThat(page.next()).isNull();
      all.addAll(page.items());
    }
    return all;
  }

  /** Page by page of one; a minus stands before the name of what can't be decrypted. */
  static List<String> walk(ClusterUnderTest cluster, String namespace) {
    List<String> names = new ArrayList<>();
    String next = null;
    do {
      SecretsPage page = cluster.servers().listSecrets(namespace, next, 1);
      if (page instanceof SecretsPage.StoppedAt stopped) {
        names.add("-" + stopped.secret());
        next = stopped.behind();
      } else {
        SecretsPage.Names read = (SecretsPage.Names) page;
        read.secrets().forEach(secret -> names.add(secret.name()));
        assertThat(Long.parseLong(read.resourceVersion())).isPositive();
        next = read.next();
      }
    } while (next != null);
    return names;
  }

  static List<Look> pass(ClusterUnderTest cluster, List<SecretRef> secrets, PatchMode mode) {
    try (PatchLane lane = cluster.servers().openLane(mode)) {
      secrets.forEach(lane::submit);
      return take(cluster, lane, secrets.size());
    }
  }

  /** Warm connections may lead to a process that has ended: what is lost is asked again. */
  static List<Look> passUntilAnswered(ClusterUnderTest cluster, List<SecretRef> secrets) {
    List<Look> answered = new ArrayList<>();
    List<SecretRef> left = secrets;
    while (!left.isEmpty()) {
      List<Look> looks = pass(cluster, left, PatchMode.APPLY);
      looks.stream().filter(look -> !isLost(look)).forEach(answered::add);
      left = looks.stream().filter(Rounds::isLost).map(Look::secret).toList();
    }
    return answered;
  }

  private static boolean isLost(Look look) {
    return look.answer() instanceof PatchAnswer.Busy busy
        && busy.cause() == BusyCause.CONNECTION_LOST;
  }

  static List<Look> take(ClusterUnderTest cluster, PatchLane lane, int answers) {
    List<Look> looks = new ArrayList<>();
    while (looks.size() < answers) {
      Look look = lane.take(cluster.now().plus(Duration.ofSeconds(30)));
      assertThat(look).as("answer %d of %d", looks.size() + 1, answers).isNotNull();
      looks.add(look);
    }
    return looks;
  }

  static SecretsPage.Names page(ClusterUnderTest cluster, @Nullable String next, int most) {
    return (SecretsPage.Names) cluster.servers().listSecrets("team-00", next, most);
  }
}
