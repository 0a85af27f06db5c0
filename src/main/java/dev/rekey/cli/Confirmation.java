package dev.rekey.cli;

import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.PointOfNoReturn;
import dev.rekey.operation.step.ToBeKnown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what will be done to which cluster, and asks a person whether it shall. */
final class Confirmation {
  private static final Set<String> AGREED = Set.of("y", "yes");

  private static final String UNSHOWN = "on a key whose version AKS doesn't show";

  private final boolean agreed;
  private final @Nullable BufferedReader person;
  private final PrintStream out;

  /**
   * @param agreed whether a person has agreed already, without being asked
   * @param person who is asked otherwise; null for nobody, who agrees to nothing
   */
  Confirmation(boolean agreed, @Nullable BufferedReader person, PrintStream out) {
    this.agreed = agreed;
    this.person = person;
    this.out = out;
  }

  /** Asks at the terminal, unless {@code --yes} was typed. */
  static Confirmation of(boolean agreed, PrintStream out) {
    return new Confirmation(agreed, agreed ? null : Terminal.input(), out);
  }

  /** Whether a new operation shall begin. */
  boolean of(Kind kind, String clusterId, Route route) {
    out.println(kind.token() + " of " + clusterId);
    List<KmsSettings> stops = route.stops();
    out.println("  KMS is    " + (route.isKnown() ? stops.get(0) : UNSHOWN));
    stops.stream()
        .skip(1)
        .filter(stop -> !stop.equals(stops.get(0)))
        .forEach(stop -> out.println("  then      " + stop));
    if (stops.stream().skip(1).anyMatch(stop -> !stop.isOn())) {
      out.println("  While KMS is off every Secret is stored plain in etcd.");
    }
    KubernetesVersion upgradeTo = route.upgradeTo();
    if (upgradeTo != null) {
      out.println("  Kubernetes is upgraded to " + upgradeTo + ", on the control plane alone.");
    }
    out.println("  Every Secret is rewritten, without reading one, and where it lies is proved.");
    out.println("  " + PointOfNoReturn.sentence(kind));
    return agrees("Begin");
  }

  /** Whether an operation shall go on that an earlier process left. */
  boolean toGoOnWith(Operation earlier, String clusterId) {
    out.println("the " + earlier.kind().token() + " " + earlier.id() + " of " + clusterId);
    out.println("  is unfinished, and leads to " + lastOf(earlier.route()));
    return agrees("Go on with it");
  }

  /** Whether an operation that has changed nothing yet shall end, so that another can begin. */
  boolean toCancel(Operation earlier, String clusterId) {
    out.println("the " + earlier.kind().token() + " " + earlier.id() + " of " + clusterId);
    out.println("  is unfinished, has changed nothing yet, and stands in the way");
    return agrees("Cancel it");
  }

  /** Whether what its plan says may be done. */
  boolean toApprove(Operation planned) {
    out.println("the plan of " + planned.kind().token() + " " + planned.id());
    Pending pending = Objects.requireNonNull(planned.progress().pending());
    String detail = Objects.requireNonNullElse(pending.detail(), "");
    detail
        .lines()
        .flatMap(line -> Stream.of(line.split("; ")))
        .forEach(line -> out.println("  " + line));
    ToBeKnown.of(planned).forEach(line -> out.println("  " + line));
    out.println("  " + PointOfNoReturn.sentence(planned.kind()));
    return agrees("Approve it");
  }

  private static String lastOf(Route route) {
    return route.isKnown() ? route.stops().get(route.stops().size() - 1).toString() : UNSHOWN;
  }

  private boolean agrees(String question) {
    if (agreed || person == null) {
      return agreed;
    }
    out.print(question + "? Type yes: ");
    out.flush();
    try {
      @Nullable String answer = person.readLine();
      return answer != null && AGREED.contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
