package dev.headway.cli.run;

import java.util.Optional;
import java.util.regex.Pattern;

/** The length of a medium and the position in it, as ffmpeg prints them. */
final class MediaPosition {
  private static final String CLOCK = "(\\d{1,5}):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?)";
  private static final Pattern LENGTH = Pattern.compile("^\\s{0,9}Duration: " + CLOCK);
  private static final Pattern POSITION =
      Pattern.compile("\\btime=" + CLOCK + "\\b.{0,99}\\bbitrate=");

  private MediaPosition() {}

  /** The length, from ffmpeg's header. */
  static Optional<ProgressSignal> length(Segment segment) {
    return seconds(segment, "Duration: ", LENGTH)
        .filter(s -> s > 0)
        .map(ProgressSignal.Length::new);
  }

  /** The position, from its status line. */
  static Optional<ProgressSignal> position(Segment segment) {
    return seconds(segment, "time=", POSITION).map(ProgressSignal.Position::new);
  }

  private static Optional<Double> seconds(Segment segment, String mark, Pattern pattern) {
    var match = pattern.matcher(segment.text());
    return segment.text().contains(mark) && match.find()
        ? Optional.of(
            Integer.parseInt(match.group(1)) * 3_600
                + Integer.parseInt(match.group(2)) * 60
                + Double.parseDouble(match.group(3)))
        : Optional.empty();
  }
}
