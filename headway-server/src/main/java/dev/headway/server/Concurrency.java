package dev.headway.server;

import dev.headway.core.setting.SettingType;

/** Numbers of jobs at once; by default one a processor and at least two. */
final class Concurrency implements SettingType<Integer> {
  private static final int MOST = 1_024;

  @Override
  public String description() {
    return "a whole number from 1 to " + MOST;
  }

  @Override
  public Integer read(String text) {
    return text.isEmpty() ? Math.max(2, Runtime.getRuntime().availableProcessors()) : number(text);
  }

  private int number(String text) {
    try {
      var number = Integer.parseInt(text);
      if (admits(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw refused(text);
  }

  @Override
  public boolean admits(Integer value) {
    return value >= 1 && value <= MOST;
  }

  @Override
  public boolean readsEmpty() {
    return true;
  }
}
