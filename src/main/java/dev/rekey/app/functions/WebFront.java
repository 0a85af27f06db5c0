package dev.rekey.app.functions;

import dev.rekey.app.Release;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.ReadOperation;
import dev.rekey.service.ReleaseWave;
import dev.rekey.service.ReportClusters;
import dev.rekey.service.ReportKeys;
import dev.rekey.service.RequestOperation;
import dev.rekey.service.RequestPlan;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Records;
import dev.rekey.telemetry.LoggedSignals;
import dev.rekey.web.Answers;
import dev.rekey.web.HealthRoute;
import dev.rekey.web.InputProblem;
import dev.rekey.web.ListClustersRoute;
import dev.rekey.web.ListKeysRoute;
import dev.rekey.web.PlanRoute;
import dev.rekey.web.Problem;
import dev.rekey.web.ReadClusterRoute;
import dev.rekey.web.ReadEvidenceRoute;
import dev.rekey.web.ReadOperationRoute;
import dev.rekey.web.ReleaseWaveRoute;
import dev.rekey.web.StartOperationRoute;
import dev.rekey.web.SteerOperationRoute;
import dev.rekey.web.WebRequest;
import dev.rekey.web.WebResponse;
import dev.rekey.web.WebRoute;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Logger;

/**
 * The function app's HTTP API: one method per function. Settings that can't be used are an answer.
 */
public final class WebFront {
  private final EngineOnce engine;

  WebFront(EngineOnce engine) {
    this.engine = engine;
  }

  /** {@code GET /api/clusters}. */
  public WebResponse listClusters(WebRequest request, Logger logger) {
    return answer(
        request,
        made ->
            new ListClustersRoute(new ReportClusters(ports(made, logger), conduct(made))::report));
  }

  /** {@code GET /api/clusters/{cluster}}. */
  public WebResponse readCluster(WebRequest request, Logger logger) {
    return answer(
        request,
        made -> new ReadClusterRoute(new ReportClusters(ports(made, logger), conduct(made))::one));
  }

  /** {@code GET /api/keys}. */
  public WebResponse listKeys(WebRequest request, Logger logger) {
    return answer(
        request,
        made -> new ListKeysRoute(new ReportKeys(ports(made, logger), conduct(made))::report));
  }

  /** {@code POST /api/clusters/{cluster}/operations}. */
  public WebResponse startOperation(WebRequest request, Logger logger) {
    return answer(
        request,
        made ->
            new StartOperationRoute(
                new RequestOperation(ports(made, logger), conduct(made))::request,
                made.settings().callers(),
                conduct(made).cloud()));
  }

  /** {@code POST /api/operations/{id}/approve}, {@code pause} and so on. */
  public WebResponse steerOperation(WebRequest request, Logger logger) {
    return answer(
        request,
        made ->
            new SteerOperationRoute(
                new SteerOperation(ports(made, logger))::steer,
                made.settings().callers(),
                made.parts().time()));
  }

  /** {@code POST /api/waves/{key}/release}. */
  public WebResponse releaseWave(WebRequest request, Logger logger) {
    return answer(
        request,
        made ->
            new ReleaseWaveRoute(
                new ReleaseWave(ports(made, logger), conduct(made))::release,
                made.settings().callers()));
  }

  /** {@code POST /api/clusters/{cluster}/plan}. */
  public WebResponse planOperation(WebRequest request, Logger logger) {
    return answer(
        request,
        made ->
            new PlanRoute(
                new RequestPlan(ports(made, logger), conduct(made), made.limits())::request,
                conduct(made).cloud()));
  }

  /** {@code GET /api/operations/{id}}. */
  public WebResponse readOperation(WebRequest request) {
    return answer(request, made -> new ReadOperationRoute(reading(made)::read));
  }

  /** {@code GET /api/operations/{id}/evidence}. */
  public WebResponse readEvidence(WebRequest request) {
    return answer(
        request,
        made -> {
          ReadOperation reading = reading(made);
          return new ReadEvidenceRoute(
              reading::read, id -> reading.evidence(id).map(Records.StoredEvidence::bytes));
        });
  }

  /** {@code GET /api/health}. */
  public WebResponse health(WebRequest request) {
    return Answers.of(new HealthRoute(Release.version(), this::problems), request);
  }

  private WebResponse answer(WebRequest request, Function<Engine, WebRoute> route) {
    try {
      Engine made = engine.get();
      return Answers.of(route.apply(made), request);
    } catch (InvalidSettings invalid) {
      return Problem.invalidSettings(invalid.getMessage(), problems(invalid)).answer();
    }
  }

  private List<InputProblem> problems() {
    try {
      engine.get();
      return List.of();
    } catch (InvalidSettings invalid) {
      return problems(invalid);
    }
  }

  private static List<InputProblem> problems(InvalidSettings invalid) {
    return invalid.problems().stream().map(WebFront::problem).toList();
  }

  /** Each begins with the setting's name. */
  private static InputProblem problem(String text) {
    int space = text.indexOf(' ');
    return new InputProblem(
        text.substring(0, Math.max(0, space)),
        text.substring(space + 1),
        "change the function app's settings; it restarts by itself");
  }

  private static ReadOperation reading(Engine made) {
    return new ReadOperation(made.parts().records());
  }

  private static Conduct conduct(Engine made) {
    return made.settings().conduct();
  }

  private static Ports ports(Engine made, Logger logger) {
    return made.parts().ports(new LoggedSignals(logger));
  }
}
