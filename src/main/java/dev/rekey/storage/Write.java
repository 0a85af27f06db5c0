package dev.rekey.storage;

/** One write of a transaction. The rows of a transaction lie in one partition. */
public sealed interface Write {

  String rowKey();

  /** Stores a row that isn't there yet. */
  record Insert(String rowKey, String text) implements Write {
    public Insert {
      TableLimits.checkKey(rowKey);
      TableLimits.checkText(text);
    }
  }

  /** Stores another text in a row that is in the state of the ETag. */
  record Replace(String rowKey, String text, String etag) implements Write {
    public Replace {
      TableLimits.checkKey(rowKey);
      TableLimits.checkText(text);
      TableLimits.checkEtag(etag);
    }
  }

  /** Stores a row whatever is there: only for what can be made again from other records. */
  record Put(String rowKey, String text) implements Write {
    public Put {
      TableLimits.checkKey(rowKey);
      TableLimits.checkText(text);
    }
  }

  /** Deletes a row that is in the state of the ETag. */
  record Delete(String rowKey, String etag) implements Write {
    public Delete {
      TableLimits.checkKey(rowKey);
      TableLimits.checkEtag(etag);
    }
  }
}
