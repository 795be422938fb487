package dev.headway.app.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.CoreConstants;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;

/**
 * The text of a line's exception. Something that cannot be reached now is one line with its cause,
 * since while a database is away every duty and request meets it; anything else is a stack trace.
 */
final class FailureConverter extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy proxy) {
    return proxy instanceof ThrowableProxy known
            && known.getThrowable() instanceof HeadwayException failure
            && failure.code() == ErrorCode.UNAVAILABLE
        ? "  " + failure.logText() + CoreConstants.LINE_SEPARATOR
        : super.throwableProxyToString(proxy);
  }
}
