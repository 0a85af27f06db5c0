package dev.rekey.web;

/** What answers the requests of one route. */
@FunctionalInterface
public interface WebRoute {

  /**
   * Answers.
   *
   * @throws ProblemFound if the request can't be served; {@link Answers} makes the answer of it
   */
  WebResponse answer(WebRequest request);
}
