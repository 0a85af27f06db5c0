package dev.rekey.operation;

/** The steps, by the names that users see. */
public enum StepName {
  CHECK("check"),
  APPROVE("approve"),
  RESCUE("rescue"),
  RESTORE_KEY("restore-key"),
  CONVERGE("converge"),
  PROVE_CURRENT("prove-current"),
  UPDATE_VAULT("update-vault"),
  AWAIT_UPGRADE("await-upgrade"),
  UPDATE_CLUSTER("update-cluster"),
  WRITE("write"),
  PROVE("prove"),
  COUNT("count"),
  LOCATE("locate"),
  RECORD("record");

  private final String token;

  StepName(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }
}
