package dev.rekey.testbed.functionshost.worker;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.RpcException;
import com.microsoft.azure.functions.TraceContext;
import dev.rekey.testbed.functionshost.HostLog;
import java.util.Map;
import java.util.logging.Logger;

/** What a function can ask about its call. */
final class CallContext implements ExecutionContext {
  private final String functionName;
  private final String invocationId;
  private final Logger logger;

  CallContext(String functionName, String invocationId) {
    this.functionName = functionName;
    this.invocationId = invocationId;
    this.logger = HostLog.loggerOf(functionName, invocationId);
  }

  @Override
  public Logger getLogger() {
    return logger;
  }

  @Override
  public String getInvocationId() {
    return invocationId;
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  /** A trace of its own for each call; the host always passes the flags 00. */
  @Override
  public TraceContext getTraceContext() {
    String traceId = invocationId.replace("-", "");
    return new Trace("00-%s-%s-00".formatted(traceId, traceId.substring(0, 16)));
  }

  /** Without a retry policy the real worker says "0 of 0". */
  @Override
  public RetryContext getRetryContext() {
    return new NoRetry();
  }

  private record Trace(String parent) implements TraceContext {
    @Override
    public String getTraceparent() {
      return parent;
    }

    @Override
    public String getTracestate() {
      return "";
    }

    @Override
    public Map<String, String> getAttributes() {
      return Map.of();
    }
  }

  private static final class NoRetry implements RetryContext {
    @Override
    public int getRetrycount() {
      return 0;
    }

    @Override
    public int getMaxretrycount() {
      return 0;
    }

    @Override
    public RpcException getException() {
      return null;
    }
  }
}
