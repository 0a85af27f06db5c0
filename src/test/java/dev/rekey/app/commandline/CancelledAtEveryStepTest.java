package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.Plan;
import dev.rekey.operation.step.PointOfNoReturn;
import dev.rekey.service.SteerAnswer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A person cancels an operation of each kind at each of its steps in turn: until the first change
 * it ends, and from then on it goes forward to its end, as its plan states.
 */
class CancelledAtEveryStepTest {
  private static final SimulatedRekey.Shape SHAPE = new SimulatedRekey.Shape(3, 40, 4, 2);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Origin PERSON =
      new Origin(Origin.Trigger.HTTP, "ana", "the owners ask for it");

  private @Nullable SteerAnswer answer;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void cancelledAtAnyStep_endsBeforeThePointThatThePlanStatesAndGoesForwardBehindIt(Kind kind)
      throws Exception {
    for (Place place : places(kind)) {
      SimulatedRekey world = new SimulatedRekey(SHAPE, kind);
      answer = null;
      Operation asked = world.ask();
      int updates = world.arm().acceptedUpdates().size();

      Operation last = world.process().run(asked, now -> cancelAt(place, world, now), PATIENCE);

      Ending.Outcome outcome = Objects.requireNonNull(last.progress().ending()).outcome();
      if (answer instanceof SteerAnswer.Accepted) {
        assertThat(outcome).as("%s", place).isEqualTo(Ending.Outcome.CANCELLED);
        assertThat(world.arm().acceptedUpdates()).as("%s", place).hasSize(updates);
        assertThat(world.process().unfinished(world.name())).isEmpty();
      } else {
        assertThat(outcome).as("%s", place).isEqualTo(Ending.Outcome.COMPLETED);
      }
      assertThat(answer instanceof SteerAnswer.Accepted)
          .as("%s: %s", place, answer)
          .isEqualTo(isBeforeThePoint(kind, place));
    }
  }

  /** Where the step that makes the change is seen, its update may have been sent. */
  private static boolean isBeforeThePoint(Kind kind, Place place) {
    List<StepName> steps = Plan.names(kind);
    return PointOfNoReturn.of(kind).map(step -> place.number < steps.indexOf(step)).orElse(true);
  }

  private void cancelAt(Place place, SimulatedRekey world, Operation now) {
    if (answer == null && place.equals(Place.of(now))) {
      answer = world.process().cancel(now, PERSON);
    }
  }

  private static Set<Place> places(Kind kind) throws InterruptedException {
    SimulatedRekey world = new SimulatedRekey(SHAPE, kind);
    Set<Place> places = new LinkedHashSet<>();
    world.process().run(world.ask(), now -> places.add(Place.of(now)), PATIENCE);
    places.remove(Place.NONE);
    return places;
  }

  /** A step that an operation is seen at. */
  private record Place(int number, String step) {
    static final Place NONE = new Place(-1, "");

    static Place of(Operation now) {
      Pending at = now.progress().pending();
      return at == null ? NONE : new Place(at.number(), at.step().token());
    }
  }
}
