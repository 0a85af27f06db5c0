package dev.rekey.app.functions;

/** Binds the ports to Azure: which adapter stands behind each, and with which identity. */
final class AzureParts {
  private AzureParts() {}

  /** Asks nothing yet. */
  @SuppressWarnings("DoNotCallSuggester") // until the adapters of vault and storage are there
  static Parts open(Settings settings) {
    throw new UnsupportedOperationException("the adapters of vault and storage are not bound yet");
  }
}
