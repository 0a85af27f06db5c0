package dev.rekey.web;

import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import java.util.List;
import java.util.Locale;

/**
 * Makes an answer of whatever comes of a route, so that each fault becomes a problem in one place.
 */
public final class Answers {
  private Answers() {}

  /**
   * Answers; what nobody has foreseen goes on as it is, for the host to log and to answer with 500.
   */
  public static WebResponse of(WebRoute route, WebRequest request) {
    try {
      return route.answer(request);
    } catch (ProblemFound found) {
      return found.problem().answer();
    } catch (OutsideFault fault) {
      return problem(fault).answer();
    } catch (Conflict conflict) {
      return Problem.of(
              409, "changed-meanwhile", "the records changed meanwhile", "send the request again")
          .answer();
    }
  }

  /** Its message is ours already: it quotes nothing that the other side sent. */
  private static Problem problem(OutsideFault fault) {
    boolean passes =
        switch (fault.kind()) {
          case BUSY, TIMED_OUT, UNREACHABLE -> true;
          default -> false;
        };
    String reason =
        (fault.system() + "-" + fault.kind()).toLowerCase(Locale.ROOT).replace('_', '-');
    String remedy = passes ? "send the request again later" : null;
    return new Problem(
        passes ? 503 : 502,
        reason,
        String.valueOf(fault.getMessage()),
        remedy,
        List.of(),
        null,
        fault.retryAfter());
  }
}
