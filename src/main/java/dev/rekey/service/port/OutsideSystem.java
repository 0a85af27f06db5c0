package dev.rekey.service.port;

/** A system that the use cases depend on. */
public enum OutsideSystem {
  VAULT("Key Vault"),
  ARM("Azure Resource Manager"),
  API_SERVER("the API server"),
  STORAGE("storage");

  private final String title;

  OutsideSystem(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
