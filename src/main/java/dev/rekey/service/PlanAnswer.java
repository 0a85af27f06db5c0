package dev.rekey.service;

import dev.rekey.operation.OperationPlan;

/** What became of a wish to see a plan. */
public sealed interface PlanAnswer {

  /** The plan. */
  record Planned(OperationPlan plan) implements PlanAnswer {}

  /** There is nothing to plan. */
  record Declined(RequestAnswer.Cause cause) implements PlanAnswer {}
}
