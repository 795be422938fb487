package dev.headway.spc.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.TestData;
import dev.headway.spc.capability.Capability.Basis;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityTest {

  /** NIST/SEMATECH e-Handbook, 6.1.6: Cp = 1.0, Cpk = 0.6667. */
  @Test
  void of_nistExample_agrees() {
    var capability = Capability.of(new Basis(50, 16, 2, 2), new Specification(null, 20.0, 8.0));
    assertThat(capability.cp()).isCloseTo(1.0, within(1e-12));
    assertThat(capability.cpk()).isCloseTo(0.6667, within(5e-5));
    assertThat(capability.pp()).isCloseTo(1.0, within(1e-12));
    assertThat(capability.remark()).isNull();
  }

  @Test
  void of_oneLimit_hasOnlyTheIndexToThatLimit() {
    var basis = new Basis(50, 10, 1, 2);
    var upper = Capability.of(basis, new Specification(null, 16.0, null));
    assertThat(upper.cp()).isNull();
    assertThat(upper.pp()).isNull();
    assertThat(upper.cpk()).isEqualTo(2);
    assertThat(upper.ppk()).isEqualTo(1);
    var lower = Capability.of(basis, new Specification(null, null, 7.0));
    assertThat(lower.cpk()).isEqualTo(1);
    assertThat(lower.ppk()).isEqualTo(0.5);
    assertThat(lower.remark()).contains("both");
  }

  @Test
  void of_meanOutsideTheSpecification_isNegative() {
    var capability = Capability.of(new Basis(9, 12, 1, 1), new Specification(null, 9.0, 3.0));
    assertThat(capability.cpk()).isEqualTo(-1);
    assertThat(capability.cp()).isEqualTo(1);
  }

  @Test
  void of_noSpecification_saysSo() {
    var capability = Capability.of(new Basis(9, 12, 1, 1), Specification.NONE);
    assertThat(capability.cpk()).isNull();
    assertThat(capability.remark()).contains("No specification");
  }

  @Test
  void study_equalMeasurements_saysSigmaIsZero() {
    var study = new CapabilityStudy(ChartKind.INDIVIDUALS);
    for (var sample = 0; sample < 30; sample++) {
      study.add(Subgroup.of(0.1));
    }
    var capability = study.against(new Specification(null, 1.0, 0.0));
    assertThat(capability.cp()).isNull();
    assertThat(capability.ppk()).isNull();
    assertThat(capability.remark()).contains("Sigma is 0");
  }

  @Test
  void study_withoutSamples_hasNoIndices() {
    var capability =
        new CapabilityStudy(ChartKind.XBAR_R).against(new Specification(null, 1.0, 0.0));
    assertThat(capability.cpk()).isNull();
    assertThat(capability.remark()).isNotNull();
  }

  @Test
  void study_equalWithinButNotBetween_hasPerformanceOnly() {
    var study = new CapabilityStudy(ChartKind.XBAR_R);
    study.add(Subgroup.of(1, 1));
    study.add(Subgroup.of(2, 2));
    var capability = study.against(new Specification(null, 4.0, 0.0));
    assertThat(capability.cpk()).isNull();
    assertThat(capability.ppk()).isNotNull();
    assertThat(capability.remark()).contains("within samples is 0");
  }

  /**
   * Specification 74.000 ± 0.05 mm, sigma R̄ / d2 = 0.009785: Montgomery's exercise on this data.
   */
  @Test
  void study_pistonRings_hasSigmaFromRanges() {
    var study = new CapabilityStudy(ChartKind.XBAR_R);
    TestData.subgroups("piston_rings.csv").subList(0, 25).forEach(study::add);
    var capability = study.against(new Specification(74.0, 74.05, 73.95));
    assertThat(capability.basis().sigmaWithin()).isCloseTo(0.009785, within(1e-6));
    assertThat(capability.cp()).isCloseTo(0.1 / (6 * 0.0097853), within(1e-3));
    assertThat(capability.basis().samples()).isEqualTo(25);
    assertThat(capability.basis().mean()).isCloseTo(74.001176, within(1e-9));
  }

  @Test
  void study_overallSigma_isTheSampleStandardDeviation() {
    var study = new CapabilityStudy(ChartKind.INDIVIDUALS);
    for (var value : List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0)) {
      study.add(Subgroup.of(value));
    }
    var capability = study.against(new Specification(null, 10.0, 0.0));
    assertThat(capability.basis().sigmaOverall()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
  }

  @Test
  void study_ofAttributes_isRefused() {
    assertThatThrownBy(() -> new CapabilityStudy(ChartKind.P))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
