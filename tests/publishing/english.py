"""The hand-made day in English: the same lines, said again."""

import re

from domain.reports import Report

from .day import TRENDING
from .pages import spoiled

_LINES = """
말로 짚어 주자 로봇이 실패에서 회복했다
Told in words what went wrong, a robot recovers from its failures

모방 학습에는 실패에서 회복하는 정책이 드뭅니다.
Imitation learning has few policies that recover from failure.

시각 언어 모델이 무엇이 틀렸는지 로봇에게 말해 줍니다.
Here a vision-language model tells the robot what it did wrong.

RLBench에서 성공률이 18.5% 올랐습니다.
On RLBench the success rate went up by 18.5%.

실제 로봇 팔은 열 번 미끄러지면 일곱 번 회복했습니다.
A real arm recovered from seven slips in ten.

RLBench로 바로 견줘 볼 수 있습니다.
RLBench lets you compare your own policy directly.

적대자를 견디는 연합 강화학습
Adversary-proof federated RL

속이는 동료가 있어도 연합 학습은 수렴했다
Federated learning converges even when some of the agents cheat

적대자가 소수라면 견디는 정책 기울기 방법입니다.
The policy gradient method bears adversaries as long as they are a minority.

혼자 배울 때 가장 좋다고 알려진 속도로 전역 수렴합니다.
It converges globally, and as fast as is known to be possible for one agent.

인식용 확산 모델
Diffusion for perception

확산 모델이 적은 계산으로 인식에서도 통했다
Diffusion models hold their own in perception with less compute

계산을 40% 덜 쓰고 최고 수준과 같은 성능을 냈습니다.
They match the state of the art with 40% less compute.

로봇도 연합 학습도, 일이 틀어졌을 때 버티는 법을 보인 날입니다.
A day of holding up when things go wrong, for robots and for federated learning.

계산을 아끼는 쪽에서는 확산 모델이 눈에 띕니다.
Among those that save compute, a diffusion model stands out.

무엇이 틀렸는지 말로 들은 로봇은 RLBench에서 18.5% 더 자주 성공했습니다.
Robots that are told what went wrong succeed 18.5% more often on RLBench.

참가자 가운데 일부가 속여도, 그 수가 절반에 못 미치면 나머지는 함께 배웁니다.
Some of the agents may cheat: the others still learn together, as long as they are the majority.

인식 과제를 40% 적은 계산으로 최고 수준만큼 풀었습니다.
Perception tasks are solved as well as by the best, with 40% less compute.

로봇을 가르치는 팀
teams that teach robots

여러 기관과 함께 학습하는 팀
teams that train across institutions

실패해도 배우는 에이전트
Agents that learn in spite of failure

덜 쓰고도 보는 모델
Vision for less compute

버티려면 곁에서 도와주는 쪽이 있어야 한다
Holding up takes somebody who helps

RACER에는 틀린 것을 말해 주는 모델이, 연합 학습에는 정직한 다수가 있어야 합니다.
RACER needs a model that says what went wrong, federated learning a majority that is honest.

웨이블릿으로 3D 형상을 압축하는 모델입니다.
A model that compresses 3D shapes by wavelets.

로봇 조작 과제 100가지를 모은 벤치마크
a benchmark of 100 tasks of robot manipulation

RLBench를 완전히 풀었습니다.
It solved RLBench.

초록은 성공률이 올랐다고만 한다
the abstract only says that the rate went up

모든 산업에서 쓰일 것이다.
It will be used in every industry.

근거가 없다
nothing carries it
"""
_SAID = dict(pair.splitlines() for pair in _LINES.strip().split("\n\n"))
_SAID |= {fact.text("ko"): fact.text("en") for fact in TRENDING.facts}


def english(report: Report) -> Report:
    """The hand-made day, or one that was made of it, in English. Raises KeyError for a line that has no English."""
    told = report.model_copy(update={"facts": ()})
    translated = spoiled(told, lambda text: _SAID[text] if re.search(r"[가-힣]", text) else text)
    return translated.model_copy(update={"language": "en", "facts": report.facts})
