"""Whether the same passage has another arithmetic that holds to the last digit: then the one that fails was misread.

净增17家（新入库29家，退库12家） is no sum of 41 but what is left of 29; of 1040人 624人 are good and 390人 fair where 26人 failed;
罚款482份、警告71份，两者有16份并处 make 537份. A wrong number hardly ever makes another reading exact by chance, so that nothing is lost
by believing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, permutations

from extract import intervals as iv
from extract.checks._list_words import past
from extract.checks._lists import lists
from extract.checks._rates import COMMON, base_words, fits, limited, says_base
from extract.checks._slips import significant
from extract.checks._solve import solve
from extract.checks._values import central, factor, interval_of, is_rate
from extract.checks._words import bigrams, unit_family
from extract.relations import Context, Relation
from extract.types import Fact, Interval

_CHANGED = re.compile(r"净|增|减|余|剩|[多少差缺短]")
_CLOSING = re.compile(r"(?<!上)(?<!去)[年月期季][末底]|现有")
_COMPARED = re.compile(r"^(?:的?水平)?(?:相比|比较|来看)")
_SUBMITTED = re.compile(r"(?:送审|报审|申报|上报|概算|控制价|限价|报价|原值|原价)[^，。；、]{0,6}$")
_RATE_OF_CUT = re.compile(r"(?:[审核][减增定]|剔除|扣减)率$")
"""核减率0.70%: of what was submitted, as its name says, however short."""
_PLAN = re.compile(r"预算|计划|目标|任务")
_SAVED = re.compile(r"节[约支资]率$")
_COMPOSED = re.compile(r"[∶:：](?=\d|$)")
_TELLING, _NEARBY = 3, 24
"""A figure of so many digits fits no others by chance; so many facts back another reading is looked for."""
_AROUND = 8
"""So many facts before and behind the members the one is looked for that is missing in a sum."""
_SIBLINGS = 4
"""So many figures behind the parts may be parts too."""
_SMALL = 10
"""A smaller rest is missing only where the sentence of the result states it: small numbers stand everywhere."""


def otherwise(relation: Relation, context: Context) -> bool:
    """Whether figures of the passage make another reading of a failing relation exact. Cost: linear in its members."""
    if not context.order:
        return False  # figures of several documents stand in no passage
    if relation.type == "ratio":
        return _of_others(relation, context) or _has_its_rate(relation, context)
    if relation.type == "growth":
        return _between_others(relation, context)
    if relation.type not in ("sum", "diff") or relation.exact:
        return False
    members = [context.by_id[i] for ids in relation.roles.values() for i in ids]
    if any(fact.cell is not None or fact.quantity.bound != "=" for fact in members):
        return False
    if relation.type == "diff" and _of_another_level(relation, members, context):
        return True
    return _taken_off(relation, context) or _completed(relation, members, context) or _of_another_total(relation, context)


def _of_another_level(relation: Relation, members: list[Fact], context: Context) -> bool:
    """竣工468户，为任务460户的101.7%，为调整后任务500户的93.6%，未完成32户: another figure of the sentence leaves just what is
    stated; 伤亡13人，占在岗22人的59.1%，其余9人: the other way round."""
    minuend, subtrahend, result = (context.by_id[relation.roles[name][0]] for name in ("minuend", "subtrahend", "result"))
    if minuend.sentence != subtrahend.sentence:
        return False
    told = [fact for fact in context.by_sentence.get(minuend.sentence, ()) if fact not in members]
    telling = len(significant(result)) >= _TELLING - 1
    room = max(_room(fact) for fact in members)  # 比年初的63.90%下降1.95个百分点，低于65%的警戒线: 65% leaves room for anything
    near = [fact for fact in told if telling and fact.quantity.bound == "=" and _alike(fact, minuend) and _room(fact) <= room]
    left, taken = interval_of(minuend), interval_of(subtrahend)
    beside = [interval_of(fact) for fact in near]
    # 总建筑面积86.40万平方米，竣工71.28万平方米，已出租64.15万平方米，未竣工15.12万平方米: what it was taken off is itself taken off
    pairs = ((taken, left), *((a, b) for other in beside for a, b in ((other, taken), (left, other), (other, left))))
    return any(_exactly(interval_of(result), iv.sub(a, b)) for a, b in pairs)


def _room(fact: Fact) -> Decimal:
    """How much the rounding of a figure leaves open."""
    low, high = interval_of(fact).low, interval_of(fact).high
    return Decimal("Infinity") if low is None or high is None else high - low


def _taken_off(relation: Relation, context: Context) -> bool:
    """Whether the last parts are to be taken off the first ones: what came and what went under what remains."""
    if relation.type != "sum" or relation.roles.get("less"):
        return False
    result = context.by_id[relation.roles["total"][0]]
    if result.kind != "delta" and not _CHANGED.search(context.before(result, result.clause)):
        return False
    total = interval_of(result)
    parts = [interval_of(context.by_id[i]) for i in relation.roles["parts"]]
    plus = list(accumulate(parts, iv.add))
    minus = list(accumulate(reversed(parts), iv.add))[::-1]
    ends = [(added, off) for added, off in zip(plus, minus[1:], strict=False)]
    return any(_exactly(total, iv.sub(added, off)) or _exactly(total, iv.sub(off, added)) for added, off in ends)


def _completed(relation: Relation, members: list[Fact], context: Context) -> bool:
    """Whether a figure beside the members is just what is missing in the sum, or counted twice."""
    result = context.by_id[relation.roles["total" if relation.type == "sum" else "result"][0]]
    values = central(context)
    needed, stated = solve(relation, result.id, values, context), values(result.id)
    if needed is None or needed.low is None or stated.low is None or _closed(relation, context):
        return False
    rest = abs(stated.low - needed.low)
    beside = _beside(members, context)
    if relation.type == "diff":
        # 6栋（C级4栋、D级2栋）已拆除5栋，剩余3栋: what a member is divided into is nothing beside it
        whole = lists(context).whole
        beside = [fact for fact in beside if whole.get(fact.id) not in members]
    return any(
        iv.contains(interval_of(fact), rest) and (fact.sentence == result.sentence or rest >= _SMALL * fact.quantity.scale)
        for fact in beside
        if fact.quantity.bound == "=" and fact.kind in ("level", "delta") and _alike(fact, result)
    )


def _closed(relation: Relation, context: Context) -> bool:
    """6栋（C级4栋、D级2栋）已拆除5栋: whether one bracket right behind the total holds all of its parts and nothing else."""
    if relation.type != "sum":
        return False
    total, *parts = (context.by_id[i] for role in ("total", "parts") for i in relation.roles[role])
    beside = [context.order[fact.id] for fact in (total, *parts)]
    words = context.between(total, parts[-1])
    opened = words.lstrip().startswith(("（", "(")) and "）" not in words and ")" not in words
    return opened and beside == list(range(beside[0], beside[0] + len(beside))) and context.text[parts[-1].quantity.extent.end :][:1] in "）)"


def _of_another_total(relation: Relation, context: Context) -> bool:
    """预算为28.50万元，决算为23.28万元 before parts that make 23.28; 其中两所15629起 before classes that make all 29544."""
    if relation.type != "sum" or relation.roles.get("less"):
        return False
    total, parts = context.by_id[relation.roles["total"][0]], [context.by_id[i] for i in relation.roles["parts"]]
    first, last, at = context.order[parts[0].id], context.order[parts[-1].id], context.order[total.id]
    if at > first:
        return False

    def like(fact: Fact) -> bool:
        return fact.cell is None and fact.quantity.bound == "=" and fact.kind == "level" and _alike(fact, total)

    before = [fact for fact in context.facts[max(0, at - _NEARBY) : first] if like(fact) and fact is not total and len(significant(fact)) >= _TELLING]
    after = [fact for fact in context.facts[last + 1 : last + 1 + _SIBLINGS] if like(fact) and fact.sentence == parts[-1].sentence]
    own = iv.total(interval_of(fact) for fact in parts)
    sums = accumulate((interval_of(fact) for fact in after), iv.add, initial=own)
    return any(iv.meet(interval_of(fact), added) for added in sums for fact in before)


def _beside(members: list[Fact], context: Context) -> Sequence[Fact]:
    """The other facts of the one paragraph of the members, from a little before the first of them to a little behind the last."""
    places = [context.order[fact.id] for fact in members]
    own, block = {fact.id for fact in members}, members[0].block
    if any(fact.block != block for fact in members):
        return ()
    around = context.facts[max(0, min(places) - _AROUND) : max(places) + _AROUND + 1]
    return [fact for fact in around if fact.block == block and fact.cell is None and fact.id not in own]


def _exactly(stated: Interval, computed: Interval) -> bool:
    return iv.meet(stated, computed) and not iv.contains(stated, iv.ZERO)


def _of_others(relation: Relation, context: Context) -> bool:
    """35岁以下68人、51岁以上48人，35岁以下占31.9%: another figure of the passage gives the rate to the last digit."""
    rate = context.by_id[relation.roles["rate"][0]]
    if rate.cell is not None or rate.quantity.bound != "=" or len(rate.quantity.digits.replace(".", "")) < _TELLING:
        return False
    if any(len(relation.roles[role]) != 1 for role in ("num", "den")):
        return False
    num, den = (context.by_id[relation.roles[role][0]] for role in ("num", "den"))
    at = context.order[rate.id]
    near = [fact for fact in context.facts[max(0, at - _NEARBY) : at] if fact.block == rate.block and fact.kind == "level"]
    told = near = [fact for fact in near if fact.id not in (num.id, den.id) and limited(fact)]
    alike = [fact for fact in near if fact.sentence == rate.sentence and _alike(fact, num)]
    if says_base(relation, context):
        # 占在职干部的19.2%: a figure of another name is no other reading
        said = base_words(rate, context) | bigrams(den.mention.text) - COMMON
        near = [fact for fact in near if bigrams(fact.mention.text) & said]
    # 水产品61批次、鲜蛋33批次，不合格2批次和0批次，水产品不合格率3.28%: of what its name says
    here = [fact for fact in context.by_sentence.get(rate.sentence, ()) if fact.kind == "level" and _alike(fact, num)]
    named = [fact for fact in here if fact is not num and len(fact.mention.text) > 1 and fact.mention.text in rate.mention.text]
    if any(fits(rate, [part], [whole]) for whole in named for part in here if part is not whole):
        return True
    # 进出口1430.85亿元 at the beginning of the report, far before 民营企业进出口958.67亿元，占67.0%: of what bears its name as well as this
    of, year = base_words(rate, context) if says_base(relation, context) else bigrams(num.mention.text) - COMMON, context.document.about.year
    least = max(1, len(bigrams(den.mention.text) & of))
    like = (fact for fact in context.facts if fact.kind == "level" and fact.cell is None and _alike(fact, den) and fact is not num)
    # 48620人, and 4.8万余人 elsewhere: a rounder statement of the base is no other base
    like = (fact for fact in like if fact.quantity.bound == "=" and not iv.meet(interval_of(fact), interval_of(den)))
    if any(fits(rate, [num], [whole]) for whole in like if len(bigrams(whole.mention.text) & of) >= least and not past(whole.period, year)):
        return True
    # 概算12500万元，审定11844.4万元，节约655.6万元，节约率5.24%: of what both make
    if fits(rate, [num], [num, den]):
        return True
    # 节前77.2万人，节后107.2万人。其中学生21.38万人，占11.6%: of what stands beside one another
    beside = [fact for fact in told if fact.sentence == den.sentence and _alike(fact, den)]
    if num.sentence != den.sentence and any(fits(rate, [num], [den, *others]) for others in (beside, beside[-1:]) if others):
        return True
    # 年初318家，年末340家。规上企业由126家变为139家，占在册企业的40.9%: of both at the end
    closing = [fact for fact in told if _alike(fact, den) and _CLOSING.search(context.before(fact, fact.clause))]
    if any(fits(rate, [part], [whole]) for whole in closing for part in alike if part is not whole):
        return True
    # a numerator of another sentence is a guess: any figure of the paragraph may be meant as well
    parts = [fact for fact in alike if fact in near] if num.sentence == rate.sentence else [fact for fact in told if _alike(fact, num)]
    wholes = [fact for fact in near if _alike(fact, den)]
    if _PLAN.search(den.mention.text) and not _PLAN.search(context.before(rate, rate.clause)):
        # 预算52000万元，入库18743万元，其中土地16905万元，占基金收入的90.2%: of what came in, not of what was planned
        wholes += [fact for fact in alike if context.order[den.id] < context.order[fact.id] < context.order[num.id]]
    if _SAVED.search(rate.mention.text) and _PLAN.search(den.mention.text):
        wholes = []  # 预算412万元，合同385.8万元，节约26.2万元: what was saved is a share of what was planned, of nothing else
    if any(fits(rate, [part], [den]) for part in parts) or any(fits(rate, [num], [whole]) for whole in wholes):
        return True
    # 监测874户、2653人，其中消除风险702户、2140人，占80.3%: of the households, told beside both
    for step in (-1, 1):
        part, whole = (next((f for f in near if context.order[f.id] == context.order[fact.id] + step), None) for fact in (num, den))
        if part is not None and whole is not None and _alike(part, whole) and fits(rate, [part], [whole]):
            return True
    # 境内升学785人、出国深造57人，升学率19.60%: of both; 矿山91家次、企业752家次、加油站558家次，完成计划1320家次的106.1%: of all
    behind = [fact for fact in alike if context.order[fact.id] > context.order[num.id]]
    ahead = [fact for fact in alike if context.order[fact.id] < context.order[num.id]]
    listed = (behind, *(ahead[-n:] for n in range(1, _SIBLINGS + 1)))
    return any(fits(rate, [num, *facts], [den]) for facts in listed if facts)


def _has_its_rate(relation: Relation, context: Context) -> bool:
    """审结15件，改变12件，改变率80.0%，上一年度同期是75.0%: the figures have their rate beside this one."""
    rate = context.by_id[relation.roles["rate"][0]]
    num, den = ([context.by_id[i] for i in relation.roles[role]] for role in ("num", "den"))
    beside = _beside([rate], context)
    if _COMPOSED.search(context.before(rate, rate.sentence)) or _COMPOSED.match(context.after(rate, rate.sentence)):
        return False  # 三次产业结构为22.2∶38.9∶38.9: each has a figure of its own
    if all(fact.quantity.value == 0 for fact in num):
        return False  # 决算为0.00万元，完成预算的0%: so much is nothing of whatever stands beside it
    return rate.cell is None and any(_is_rate_of(fact, rate) and fact.kind == rate.kind and fits(fact, num, den) for fact in beside)


def _is_rate_of(fact: Fact, rate: Fact) -> bool:
    """Whether a fact states a rate as fully as another one does."""
    quantity = fact.quantity
    full = len(quantity.digits.replace(".", "")) >= min(_TELLING, len(rate.quantity.digits.replace(".", "")))
    return quantity.bound == "=" and quantity.unit == rate.quantity.unit and full


def _between_others(relation: Relation, context: Context) -> bool:
    """跑动次数由2.6次减至0.4次，申报材料压减58.7%（583份减到241份）: two other figures of the passage are so far apart, to the last digit."""
    change = context.by_id[relation.roles["change"][0]]
    if (
        change.cell is not None
        or not is_rate(change.quantity)
        or change.quantity.bound != "="
        or (len(significant(change)) < _TELLING - 1 and not _RATE_OF_CUT.search(change.mention.text))
    ):
        return False
    own = {i for ids in relation.roles.values() for i in ids}
    near = [fact for fact in _beside([change], context) if fact.id not in own and fact.kind == "level" and fact.sentence == change.sentence]
    steps = [context.by_id[i] for i in relation.roles.get("step", ())]
    current = context.by_id[relation.roles["current"][0]]
    if steps and (_COMPARED.match(context.between(current, steps[0])) or _SUBMITTED.search(context.before(current, current.clause))):
        near = [*near, current]
    found = (
        *(iv.growth(interval_of(b), interval_of(a)) for a, b in permutations(near, 2) if _alike(a, b)),
        # 28.64万人，其中老年人62610人，净增1735人，增长2.9%: the step to another level
        *(iv.growth_by(interval_of(level), interval_of(step)) for step in steps for level in near if _alike(step, level)),
    )
    # 与64.2%相比，提高4.3个百分点，升幅6.7%; 送审7286.90万元，审减354.50万元，审减率4.86%: the level is what it is compared with
    shares = (iv.ratio(interval_of(step), interval_of(current)) for step in steps if current in near)
    before = (iv.percent(share) for share in shares if share is not None)
    stated = iv.scaled(change.quantity.interval, factor(change.quantity))
    return any(one is not None and iv.meet(one, stated) for one in (*found, *before, *_from_other_levels(relation, context)))


def _from_other_levels(relation: Relation, context: Context) -> Iterator[Interval | None]:
    """立案374件，其中有问题351件…。立案数下降12.6%，上年428件: the growths between a member and another level of the paragraph."""
    if not relation.roles.get("previous"):
        return
    current, previous, change = (context.by_id[relation.roles[name][0]] for name in ("current", "previous", "change"))
    for level in context.by_block.get(change.block, ()):
        told = level.cell is None and level.kind == "level" and level.quantity.bound == "=" and level not in (current, previous)
        if told and _alike(level, previous):
            yield iv.growth(interval_of(level), interval_of(previous))
            yield iv.growth(interval_of(current), interval_of(level))


def _alike(a: Fact, b: Fact) -> bool:
    return unit_family(a.quantity) == unit_family(b.quantity)
