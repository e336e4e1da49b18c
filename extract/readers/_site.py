"""What of a web page belongs to the site and not to the report: menus, where one is, buttons, neighbours, imprint.

Whoever leaves out too much loses claims that nobody misses; so what says a sentence or holds a table is never left out.
"""

from __future__ import annotations

import re
from functools import cache

_SENTENCE = re.compile(r"[。；]")
# A longer text without a sentence is a list that somebody wrote.
_LONGEST = 1500
_LONGEST_LINE = 300
LANDMARKS = frozenset({"nav", "footer", "aside", "button", "select", "datalist"})
"""Elements that are the site's by their name (HTML Living Standard, 4.3 sections)."""
_ROLES = re.compile(r"\brole\s*=\s*[\"']?(?:navigation|banner|contentinfo|search|menu|menubar|toolbar)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Words in the class or the id of an element; dqwz is 当前位置, ewm 二维码, dayin 打印, fenxiang 分享.
_NAMES_SITE = (
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs footer foot copyright beian icp share bdsharebuttonbox print pager "
    "pagination sidebar related friendlink friendlinks qrcode ewm dqwz weizhi dayin fenxiang toolbar topbar searchbox"
)
_SITE_WORDS = frozenset(_NAMES_SITE.split())
_HIDDEN = re.compile(
    r"\sstyle\s*=\s*(?:\"[^\"]*?|'[^']*?)(?:(?<![-\w])display\s*:\s*none|visibility\s*:\s*hidden)|\shidden(?=[\s=/]|$)", re.IGNORECASE
)

_BUTTON = (
    r"(?:(?:我要)?打印(?:本页|本文|此页|页面)?|关闭(?:窗口|本页|页面)?|收藏(?:本页|本站)?|分享(?:到|至)?|转发|下载|纠错|返回(?:顶部|首页|列表)?|顶部|首页|"
    r"微信|微博|新浪微博|腾讯微博|QQ(?:空间|好友)?|复制链接|大|中|小|正常|默认|语音播报|无障碍(?:阅读|浏览)?|长者(?:模式|助手|版)|繁體|简体|繁体|English|登录|注册|"
    r"网站(?:地图|声明|支持)|联系(?:我们|方式)|关于(?:我们|本站)|隐私(?:声明|保护)|法律声明|设为首页|加入收藏|字(?:体|号)(?:大小)?|"
    r"手机版|电脑版|移动版|搜索|RSS|Top|TOP)"
)
_BETWEEN = r"[\s\[\]【】（）()|｜｜/：:+\-—·>＞]*"
_LINES = (
    # 【打印本页】【关闭窗口】; 字体：[大 中 小]; 分享到：微信 微博
    rf"{_BETWEEN}{_BUTTON}(?:{_BETWEEN}{_BUTTON})*{_BETWEEN}",
    # 您现在的位置：首页 > 政务公开 > 工作报告
    r"(?:您(?:现在)?的|您?当前的?|您?所在的?)位置\s*[:：].{0,120}",
    r"(?:网站)?首页\s*(?:[>＞›»→/\\|]|&gt;)\s*\S.{0,100}",
    r"[【\[]?(?:上|下)(?:一篇|一条|一页|篇)[】\]]?\s*[:：].{0,100}",
    r"(?:扫一扫|扫码|扫描).{0,20}(?:手机|微信|二维码|打开|关注|分享).{0,20}",
    # 来源：… 发布时间：… 浏览次数：128 次 字号：[大 中 小]; a number of readers alone may be a claim
    r"(?=.*(?:来源|发布|日期|时间|作者|编辑))(?=.*(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[:：])(?!.*[。；]).{1,160}",
    r"(?=.*字(?:体|号)(?:大小)?\s*[:：]\s*[【\[\s]*(?:特|超)?大)(?!.*[。；]).{1,160}",
    r"(?:浏览|点击)(?:次数|数)\s*[:：]\s*\d{0,9}\s*次?",
    r"(?:相关(?:链接|稿件|文章|新闻|阅读|附件)|友情链接|延伸阅读|热点(?:新闻|推荐)|推荐阅读)\s*[:：]?",
    # 某某县人民政府主办 备案号：某ICP备00000000号 网站标识码：0000000000
    r"(?!.*[。；])(?=.*(?:ICP备|公网安备|网站标识码|版权所有|Copyright|©)).{1,240}",
    r"(?:网站)?(?:主办|承办|协办|维护|技术支持|运维|建设)(?:单位|方)?\s*[:：](?!.*[。；]).{1,120}(?:邮编|电话|地址|技术支持|承办|维护).{0,120}",
    r"(?:推荐|建议)(?:使用|采用).{0,40}(?:浏览器|分辨率).{0,60}",
)


@cache
def _line() -> re.Pattern[str]:
    """Compiled where there is a page: that takes a while."""
    return re.compile("|".join(_LINES), re.IGNORECASE)


def is_landmark(name: str, attributes: str) -> bool:
    """Whether an element is the site's by its name, its role, its class or its id."""
    if name in LANDMARKS or _ROLES.search(attributes):
        return True
    return any(word.lower() in _SITE_WORDS for match in _NAMED.finditer(attributes) for word in _WORD.findall(match[1] or match[2] or match[3] or ""))


def is_hidden(attributes: str) -> bool:
    """Whether an element says of itself that it is not shown."""
    return _HIDDEN.search(attributes) is not None


def is_line(line: str) -> bool:
    """Whether a line of a page is the site's: buttons, where one is, the next page, the imprint."""
    return len(line) <= _LONGEST_LINE and _line().fullmatch(line.strip()) is not None


def says_nothing(text: str) -> bool:
    """Whether a text may be left out if its element is the site's: it has no sentence, and is no long list."""
    return len(text) <= _LONGEST and _SENTENCE.search(text) is None


def head_of_title(title: str) -> str:
    """What a page calls itself, without the name of the site behind it: 工作报告_某某县人民政府 is 工作报告."""
    return re.split(r"\s*(?:[_|｜]|[-—–－]{1,2})\s*", title.strip())[0]
