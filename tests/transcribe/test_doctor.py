"""The doctor measures this machine and names a model that fits it."""

from tests.support.places import MICRO
from transcribe import doctor
from transcribe.catalogue import CATALOGUE, offer


def test_the_machine_is_measured():
    assert 0 < doctor.real_time_factor(MICRO) < 5
    assert doctor.machine_speed() > 0


def test_a_faster_machine_gets_a_larger_model():
    names = [doctor.fitting(speed).name for speed in (0.05, 1, 3, 30)]
    sizes = [offer(name).megabytes for name in names]
    assert sizes == sorted(sizes)
    assert names[0] == "tiny"
    assert names[-1] == "large-v3-turbo"


def test_what_is_recommended_can_be_installed():
    said = doctor.recommend(None)
    assert any(f"install {each.name}`" in said for each in CATALOGUE)


def test_a_slow_model_is_called_slow():
    assert "smaller" in doctor.recommend(1.4)
    assert "keep up" in doctor.recommend(0.2)
    assert "large-v3-turbo" in doctor.recommend(0.01, installed="base")
