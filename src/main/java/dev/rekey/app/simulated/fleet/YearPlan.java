package dev.rekey.app.simulated.fleet;

import java.time.Instant;
import java.util.List;

/**
 * Everything that happens to a fleet from outside, in no order.
 *
 * @param versions key versions that owners of keys, or a policy, make
 */
record YearPlan(
    List<NewVersion> versions,
    List<HumanError> errors,
    List<Outage> outages,
    List<Errand> errands) {
  YearPlan {
    versions = List.copyOf(versions);
    errors = List.copyOf(errors);
    outages = List.copyOf(outages);
    errands = List.copyOf(errands);
  }

  /**
   * A version is made.
   *
   * @param key the key's number
   */
  record NewVersion(int key, Instant at) {}
}
