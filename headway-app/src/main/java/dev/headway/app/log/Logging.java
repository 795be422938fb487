package dev.headway.app.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * Sets the log up, which goes to the standard error stream: in code, as reading Logback's XML costs
 * a tenth of a second at every start. Logback finds this class as a service.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String PATTERN = "%d{HH:mm:ss} %-5level %msg%n%failure";

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    setUp(loggers, new LogSettings(LogLevel.INFO, LogFormat.TEXT));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs so from now on. */
  public static void use(LogSettings settings) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.reset();
      setUp(loggers, settings);
    }
  }

  private static void setUp(LoggerContext loggers, LogSettings settings) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(loggers);
    console.setTarget("System.err");
    console.setEncoder(encoder(loggers, settings.format()));
    console.start();
    var root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(settings.level().others());
    root.addAppender(console);
    loggers.getLogger("dev.headway").setLevel(settings.level().ours());
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext loggers, LogFormat format) {
    var encoder =
        switch (format) {
          case TEXT -> lines(loggers);
          case JSON -> {
            var objects = new JobJsonEncoder();
            objects.setWithFormattedMessage(true);
            objects.setWithMessage(false);
            objects.setWithContext(false);
            objects.setWithSequenceNumber(false);
            objects.setWithNanoseconds(false);
            yield objects;
          }
        };
    encoder.setContext(loggers);
    encoder.start();
    return encoder;
  }

  private static LayoutWrappingEncoder<ILoggingEvent> lines(LoggerContext loggers) {
    var layout = new PatternLayout();
    layout.setContext(loggers);
    layout.getInstanceConverterMap().put("failure", FailureConverter::new);
    layout.setPattern(PATTERN);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setLayout(layout);
    return encoder;
  }
}
