package dev.rekey.service;

/** Begins a rotation because somebody asks for it. */
public final class RequestRotation {
  private final Ports ports;
  private final Conduct conduct;

  public RequestRotation(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at the cluster and begins. A version from before the first meeting is taken: a person
   * asks.
   *
   * @throws dev.rekey.service.port.OutsideFault if ARM, the vault or storage gives no answer
   */
  public RotationAnswer request(RotationRequest request) {
    throw new UnsupportedOperationException(ports + " " + conduct + request);
  }
}
