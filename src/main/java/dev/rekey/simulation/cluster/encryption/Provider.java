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

  /** A KMS v1 provider: each value has a data key of its own, and no key id is stored. */
  record KmsV1(String name, String keyUrl) implements Provider {

    public static KmsV1 of(String keyUrl) {
      return new KmsV1(Kms.of(keyUrl).name(), keyUrl);
    }

    /** What its stored values begin with, which is all that metrics tell of them. */
    public String prefix() {
      return Envelope.PREFIX_V1 + name + ":";
    }

    @Override
    public String toString() {
      return "kms v1 " + name + " " + keyUrl;
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
