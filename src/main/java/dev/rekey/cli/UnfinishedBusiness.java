package dev.rekey.cli;

import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;

/** An earlier operation is unfinished, and what was typed must not go on with it. */
final class UnfinishedBusiness extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private UnfinishedBusiness(Operation earlier, String why) {
    super("the " + earlier.kind().token() + " " + earlier.id() + " is unfinished, " + why);
  }

  /** A census changes nothing, so it must not go on with what writes. */
  static UnfinishedBusiness beforeCensus(Operation earlier) {
    return new UnfinishedBusiness(
        earlier,
        "and a census must not go on with what writes; type rekey "
            + earlier.kind().token()
            + " again first, or name another folder with --records");
  }

  /** Something else was asked for than what the earlier one does. */
  static UnfinishedBusiness beforeAnother(Operation earlier) {
    return new UnfinishedBusiness(
        earlier,
        "leads to "
            + leadsTo(earlier.route())
            + " and has to end first; type rekey "
            + earlier.kind().token()
            + " again as you did, or without options that name something else");
  }

  private static String leadsTo(Route route) {
    return route.isKnown()
        ? route.stops().get(route.stops().size() - 1).toString()
        : "the key that the API servers use";
  }
}
