package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody else changes KMS on the cluster while an operation is at one of its steps, at each of
 * them in turn: it stops, and shows what it expected and what is there.
 */
class ChangedByAnotherTest {
  private static final SimulatedRekey.Shape SHAPE = new SimulatedRekey.Shape(3, 40, 4, 2);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Set<Reason> BECAUSE_OF_ANOTHER =
      Set.of(Reason.CLUSTER_ON_ANOTHER_KEY, Reason.CLUSTER_MOVED_BACK);

  /** What somebody else does. */
  enum Change {
    OTHER_KEY {
      @Override
      KmsSettings to(KmsSettings now, SimulatedRekey world) {
        return now.isOn()
            ? now.withKey(world.vault().createVersion(SimulatedRekey.KEY))
            : KmsSettings.of(world.vault().createVersion(SimulatedRekey.KEY));
      }
    },
    OFF {
      @Override
      KmsSettings to(KmsSettings now, SimulatedRekey world) {
        return KmsSettings.OFF;
      }
    },
    OTHER_ACCESS {
      @Override
      KmsSettings to(KmsSettings now, SimulatedRekey world) {
        if (!now.isOn()) {
          return now;
        }
        return now.access() == NetworkAccess.PUBLIC
            ? KmsSettings.ofPrivate(now.key(), world.vaultResource())
            : KmsSettings.of(now.key());
      }
    };

    abstract KmsSettings to(KmsSettings now, SimulatedRekey world);
  }

  static Stream<Arguments> kindsAndChanges() {
    return Stream.of(Kind.values())
        .filter(kind -> kind != Kind.CENSUS)
        .flatMap(kind -> Stream.of(Change.values()).map(change -> Arguments.of(kind, change)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndChanges")
  void changedAtAnyStep_theOperationStopsWithBothValues(Kind kind, Change change) throws Exception {
    for (String place : places(kind)) {
      Course course = new Course(kind, place, change);

      Operation last = course.run();

      if (course.mustStop()) {
        assertStopped(course, last);
        assertAPersonCanGoOnFromThere(course, last);
      } else {
        assertThat(last.isActive()).as("%s: %s", place, last.progress().pending()).isFalse();
      }
    }
  }

  /** It changes nothing, and tells what ARM shows when it ends. */
  @ParameterizedTest
  @EnumSource(Change.class)
  void changedDuringACensus_itsEvidenceShowsWhatIsThere(Change change) throws Exception {
    for (String place : places(Kind.CENSUS)) {
      Course course = new Course(Kind.CENSUS, place, change);

      Operation last = course.run();

      Evidence evidence = course.world.process().evidence(last).orElseThrow().evidence();
      boolean isLast = place.endsWith(StepName.LOCATE.token());
      boolean shown = evidence.securityProfile().azureKeyVaultKms().enabled();
      assertThat(shown || isLast).isEqualTo(change != Change.OFF || isLast);
    }
  }

  private static void assertStopped(Course course, Operation last) {
    assertThat(last.progress().ending()).as("%s", course).isNull();
    Pending pending = Objects.requireNonNull(last.progress().pending(), course.toString());
    assertThat(pending.doing()).as("%s: %s", course, pending).isEqualTo(Pending.Doing.STALLED);
    assertThat(BECAUSE_OF_ANOTHER).as("%s: %s", course, pending).contains(pending.reason());
    assertThat(pending.detail()).contains(course.becomes.toString());
    assertThat(pending.detail()).contains(course.expected.toString());
    assertThat(course.world.arm().acceptedUpdates()).as("%s", course).hasSize(course.updates);
    assertThat(course.world.process().evidence(last)).isEmpty();
  }

  /** Otherwise its lock would keep everybody from the cluster for ever. */
  private static void assertAPersonCanGoOnFromThere(Course course, Operation stopped)
      throws InterruptedException {
    Operation begun = request(course);

    Operation ended = course.world.process().run(begun, latest -> {}, PATIENCE);

    assertThat(ending(course.world, stopped).reason()).isEqualTo(Reason.OVERTAKEN);
    if (course.mayHaveLostSecrets(stopped)) {
      return;
    }
    assertThat(Objects.requireNonNull(ended.progress().ending(), course.toString()).outcome())
        .as("%s", course)
        .isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(course.world.cluster().oracle().under(ended.to().url())).isEqualTo(40);
  }

  /** Whatever is in use now is proved; where KMS is off, it is turned on as it was to be. */
  private static Operation request(Course course) {
    ClusterName cluster = course.world.name();
    Origin person = new Origin(Origin.Trigger.HTTP, "ana", "a test");
    KmsSettings on = course.expected;
    OperationRequest request =
        course.becomes.isOn()
            ? new OperationRequest(cluster, Kind.REENCRYPT, null, null, null, null, person)
            : new OperationRequest(
                cluster, Kind.ENABLE, null, on.key(), on.access(), on.vaultResourceId(), person);
    RequestAnswer answer = course.world.process().request(request);
    assertThat(answer).isInstanceOf(RequestAnswer.Accepted.class);
    return ((RequestAnswer.Accepted) answer).operation();
  }

  private static Ending ending(SimulatedRekey world, Operation operation) {
    Operation now = world.records().operation(world.name(), operation.id()).orElseThrow().value();
    return Objects.requireNonNull(now.progress().ending());
  }

  /** Every step that an undisturbed operation is seen at. */
  private static Set<String> places(Kind kind) throws InterruptedException {
    SimulatedRekey world = new SimulatedRekey(SHAPE, kind);
    Set<String> places = new LinkedHashSet<>();
    world.process().run(world.ask(), now -> places.add(place(now)), PATIENCE);
    places.remove("");
    return places;
  }

  private static String place(Operation now) {
    Pending at = now.progress().pending();
    return at == null ? "" : at.number() + " " + at.step().token();
  }

  /** One operation, and what somebody does when it is at one place. */
  private static final class Course {
    private final SimulatedRekey world;
    private final String place;
    private final Change change;
    private @Nullable KmsSettings becomes;
    private @Nullable KmsSettings expected;
    private boolean mustStop;
    private int updates;

    Course(Kind kind, String place, Change change) {
      this.world = new SimulatedRekey(SHAPE, kind);
      this.place = place;
      this.change = change;
    }

    Operation run() throws InterruptedException {
      return world.process().run(world.ask(), this::changeAtItsPlace, PATIENCE);
    }

    private void changeAtItsPlace(Operation now) {
      if (becomes != null || !place(now).equals(place)) {
        return;
      }
      KmsSettings shown = world.arm().read(world.name()).settings(Cloud.PUBLIC).orElseThrow();
      becomes = change.to(shown, world);
      expected = now.after();
      mustStop = !becomes.equals(shown) && !leadsOn(now, becomes);
      if (!becomes.equals(shown)) {
        world.arm().updatedByAnother(world.name(), becomes);
      }
      updates = world.arm().acceptedUpdates().size();
    }

    /**
     * Somebody has done what the operation is to do; or has ended its update before ARM has shown
     * anything of it, which can't be told from one that has failed and is sent again.
     */
    private static boolean leadsOn(Operation now, KmsSettings becomes) {
      boolean endsUpdate =
          becomes.equals(now.before())
              && Objects.requireNonNull(now.progress().pending()).step() == StepName.UPDATE_CLUSTER;
      return becomes.equals(now.after()) || endsUpdate;
    }

    boolean mustStop() {
      return mustStop;
    }

    /**
     * A second move of the key before anything was rewritten drops the version that all needs; and
     * what is to be recovered isn't yet.
     */
    boolean mayHaveLostSecrets(Operation stopped) {
      return stopped.kind() == Kind.RECOVER_EXPIRED_KEY
          || stopped.kind() == Kind.RECOVER_DROPPED_KEY
          || place.endsWith(StepName.UPDATE_CLUSTER.token())
          || place.endsWith(StepName.WRITE.token());
    }

    @Override
    public String toString() {
      return change + " at " + place;
    }
  }
}
