package dev.rekey.web;

import dev.rekey.service.KeysReport;
import java.util.function.Supplier;

/** {@code GET /api/keys}: the versions of every key, who needs them, and whether one may go. */
public final class ListKeysRoute implements WebRoute {
  private final Supplier<KeysReport> report;

  /**
   * The route.
   *
   * @param report the use case
   */
  public ListKeysRoute(Supplier<KeysReport> report) {
    this.report = report;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    return Json.answer(200, KeysJson.of(report.get()));
  }
}
