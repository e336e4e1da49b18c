"""Why a report could not be read, as the page says it in Chinese; the readers say it in English.

One entry for each reason and each advice that an auditor can meet here; ``{}`` stands for a name or a figure. A test finds
every reason that the readers give.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

REASONS: Final = {
    "not analysed yet": "尚未分析",
    "given up after {} seconds": "分析超过 {} 秒，已放弃",
    "the process that read it ended": "读取它的进程中断了",
    "internal error, {}": "程序内部错误：{}",
    "no such file": "没有这个文件",
    "no such file in the archive": "压缩包里没有这个文件",
    "an archive, no document": "这是压缩包，不是文档",
    "a folder, no file": "这是文件夹，不是文件",
    "a pipe or a device, no file": "这是管道或设备，不是文件",
    "a folder, a pipe or a device, no archive": "这是文件夹、管道或设备，不是压缩包",
    "encrypted": "文件已加密",
    "encrypted, or of the old binary format": "文件已加密，或是旧的二进制格式",
    "damaged: it cannot be unpacked": "文件损坏：无法解压",
    "damaged: no ZIP archive": "文件损坏：不是有效的压缩结构",
    "damaged: no part {}": "文件损坏：缺少 {}",
    "damaged: {} cannot be unpacked": "文件损坏：{} 无法解压",
    "damaged: {} is no XML ({})": "文件损坏：{} 不是有效的 XML（{}）",
    "damaged: {} while its cells were read": "文件损坏：读取单元格时出错（{}）",
    "damaged: no file of a word processor": "文件损坏：不是文字处理文档",
    "damaged: no workbook of the old format": "文件损坏：不是旧格式的工作簿",
    "damaged: no PDF that can be opened": "文件损坏：无法作为 PDF 打开",
    "damaged: its pages cannot be read": "文件损坏：页面无法读取",
    "damaged: reading its pages takes too long or too much memory": "文件损坏：读取页面耗时过长或占用内存过多",
    "damaged: opening it takes too long": "文件损坏：打开耗时过长",
    "damaged or locked: LibreOffice cannot open it": "文件损坏或被锁定：LibreOffice 无法打开",
    "LibreOffice does not start ({})": "LibreOffice 无法启动（{}）",
    "LibreOffice takes longer than {} seconds": "LibreOffice 处理超过 {} 秒",
    "an old format, which LibreOffice reads and which is not installed": "旧格式，需由 LibreOffice 读取，而本机没有安装",
    "it unpacks to more than the {} MB that are read": "解压后超过可读取的 {} MB",
    "it unpacks to more than {} GB": "解压后超过 {} GB",
    "{} unpacks to more than {} MB": "{} 解压后超过 {} MB",
    "{} files, more than the {} that are read": "共 {} 个文件，超过可读取的 {} 个",
    "{} parts, more than the {} that are read": "共 {} 个部件，超过可读取的 {} 个",
    "{} pages, more than the {} that are read": "共 {} 页，超过可读取的 {} 页",
    "{} MB, more than the {} MB that are read": "大小 {} MB，超过可读取的 {} MB",
    "the pages hold more than {} MB": "页面内容超过 {} MB",
    "{} declares entities, which are not read": "{} 含有实体声明，不予读取",
    "{} has more than {} tags": "{} 的标记超过 {} 个",
    "sheet {} has more than {} cells": "工作表“{}”的单元格超过 {} 个",
    "sheet {}: a filled row repeated {} times": "工作表“{}”：同一行内容重复 {} 次",
    "a filled cell repeated {} times": "同一单元格内容重复 {} 次",
    "a row of more than {} cells": "一行超过 {} 个单元格",
    "{}: merged cells cover more than {} cells": "{}：合并单元格覆盖超过 {} 格",
    "{}: merged cells or links cover more than {} cells": "{}：合并单元格或链接覆盖超过 {} 格",
    "its tables have {} cells, most of them empty or merged": "表格共有 {} 格，多数为空格或合并格",
    "its tables have {} cells, most of them empty": "表格共有 {} 格，多数为空格",
    "its cells say more than {} characters": "单元格内容超过 {} 个字符",
    "it says more than {} characters": "内容超过 {} 个字符",
    "no text layer, the pages are pictures": "没有文字层，各页都是图像",
    "no reader for {} files": "不支持 {} 文件",
    "a {} file is no text": "{} 文件不是文本",
    "the file is empty": "文件是空的",
    "no text in it": "文件里没有文字",
    "a binary file, no text": "二进制文件，不是文本",
    "its byte order mark says {}, its bytes are not": "字节顺序标记是 {}，内容却不是",
    "its encoding cannot be told": "无法判断文字编码",
    # what to do
    "wait a moment": "请稍候",
    "is the file damaged? save it anew, or split it": "文件是否损坏？请重新保存，或拆分后再试",
    "too large for the memory of this machine?": "是否超出本机内存？",
    "unpack it with its password": "请用密码解压",
    "pack the archive again": "请重新压缩",
    "pack it again": "请重新压缩",
    "split it": "请拆分",
    "nothing to read": "没有可读取的内容",
    "name a file in it: {}": "请先解压，或指明其中的文件：{}",
    "name the files in it": "请指明其中的文件",
    "pass its bytes to read_bytes": "请以字节读取",
    "supported are {}": "支持 {}",
    "open it and save it as .docx": "请打开后另存为 .docx",
    "save it as .docx": "请另存为 .docx",
    "install LibreOffice Writer or save it as .docx": "请安装 LibreOffice Writer，或另存为 .docx",
    "open it and save it again": "请打开后重新保存",
    "save it without a password": "请去掉密码后保存",
    "save it without a password in the new format": "请去掉密码，存为新格式",
    "no report is made so": "正常的报告不会如此",
    "no report is that long": "正常的报告不会这样长",
    "take the merging back": "请取消合并",
    "take them back": "请取消合并或链接",
    "{} are read": "最多读取 {} 格",
    "give what comes out of it to heshu's standard input": "请将其内容送入 heshu 的标准输入",
    "recognise its text first (OCR)": "请先识别文字（OCR）",
    "pip install 'heshu[ocr]', or recognise its text first (OCR)": "请安装 heshu[ocr]，或先识别文字（OCR）",
    "save it as UTF-8": "请存为 UTF-8",
    "heshu reads text, Markdown, HTML and CSV": "可读取文本、Markdown、HTML 和 CSV",
}


def in_chinese(line: str) -> str:
    """A reason and its advice, joined as exceptions join them, in Chinese; what no entry knows stays as it is."""
    return "；".join(_one(part) for part in line.split("; "))


def _one(words: str) -> str:
    if words in REASONS:
        return REASONS[words]
    for pattern, said in _patterns():
        if match := pattern.fullmatch(words):
            return said.format(*match.groups())
    return words


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The entries with names or figures as patterns, the longest first."""
    entries = sorted((entry for entry in REASONS.items() if "{}" in entry[0]), key=lambda entry: -len(entry[0]))
    return tuple((re.compile("(.+)".join(re.escape(part) for part in english.split("{}"))), said) for english, said in entries)
