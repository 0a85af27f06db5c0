package dev.rekey.simulation.cluster.encryption;

/** One entry of an encryption configuration. The first one writes; all of them read. */
public sealed interface Provider {

  /** A KMS v2 provider whose plugin uses one key version. */
  record Kms(String name, String keyUrl) implements Provider {

    /**
     * Named after its key, as each slot needs a name of its own for values to find their provider.
     */
    public static Kms of(String keyUrl) {
      return new Kms("azurekms" + Sha256.hex(keyUrl).substring(0, 8), keyUrl);
    }

    @Override
    public String toString() {
      return "kms " + name + " " + keyUrl;
    }
  }

  /** Stores plain, and reads what is plain. */
  record Identity() implements Provider {
    @Override
    public String toString() {
      return "identity";
    }
  }
}
